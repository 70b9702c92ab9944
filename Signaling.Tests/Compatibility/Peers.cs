using System.Net.Sockets;

namespace Signaling.Tests.Compatibility;

/// <summary>The peers of one run of a trace: each has a socket, at the nodes in turn.</summary>
internal sealed class Peers(IReadOnlyList<Uri> nodes, TimeSpan patience) : IAsyncDisposable
{
    private static readonly Outgoing[] FencePost =
        [new(Message.Heartbeat), new(new Message(MessageKind.Binary, [201, 1]))];

    private readonly OrderedDictionary<string, RawWebSocket> _sockets = new(StringComparer.Ordinal);

    /// <summary>Takes one step, without waiting for what comes of it.</summary>
    public async Task Do(Step step)
    {
        try
        {
            await Take(step);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            throw new IOException($"Line {step.Line}: what {step.Peer} does there fails: {e.Message}", e);
        }
    }

    /// <summary>Takes what a peer got next.</summary>
    public Task<Message> Next(Answer answer) => Socket(answer.Line, answer.Peer).Next();

    /// <summary>
    /// Proves that nothing more comes of what was done, without waiting for time to pass: a heartbeat and a version are
    /// answered in their turn, so that what stands before their answers is all there is. Once for every peer to be
    /// heard, and once more for what it caused elsewhere.
    /// </summary>
    /// <param name="rounds">How often each peer is asked.</param>
    /// <returns>What came before them, by peer.</returns>
    public async Task<IReadOnlyList<(string Peer, Message Message)>> Fence(int rounds = 2)
    {
        var before = new List<(string Peer, Message Message)>();
        for (var round = 0; round < rounds; round++)
        {
            var open = _sockets.Where(socket => !socket.Value.Ended).ToList();
            foreach (var (_, socket) in open)
                await socket.Probe(FencePost);
            foreach (var (peer, socket) in open)
                before.AddRange((await ToFence(peer, socket)).Select(message => (peer, message)));
        }

        return [.. before.OrderBy(got => _sockets.IndexOf(got.Peer))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, socket) in _sockets)
            await socket.DisposeAsync();
    }

    private async Task Take(Step step)
    {
        switch (step)
        {
            case Open open when !_sockets.ContainsKey(open.Peer):
                var node = nodes[_sockets.Count % nodes.Count];
                _sockets.Add(open.Peer, await RawWebSocket.Open(node, open.Target, open.Protocols, patience));
                break;
            case Send send:
                await Socket(send.Line, send.Peer).Send(send.Messages);
                break;
            case Drop drop:
                await Socket(drop.Line, drop.Peer).Drop(drop.Reset);
                break;
            default:
                throw new FormatException($"Line {step.Line}: '{step.Peer}' has a socket; give another one another name.");
        }
    }

    private static async Task<List<Message>> ToFence(string peer, RawWebSocket socket)
    {
        var messages = new List<Message>();
        try
        {
            do
            {
                messages.Add(await socket.Next());
                if (messages is [.. var before, { Payload: [202] }, { Payload: [201, _] }])
                    return before;
            }
            while (!socket.Ended);
            return messages;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{peer} got no answer to its heartbeat and version: {e.Message}.", e);
        }
    }

    private RawWebSocket Socket(int line, string peer) => _sockets.TryGetValue(peer, out var socket)
        ? socket
        : throw new FormatException($"Line {line}: '{peer}' has no socket: open one first.");
}
