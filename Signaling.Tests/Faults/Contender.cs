using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>
/// A peer that wants an address, again and again: once it has it, it keeps it for a while, proves all the time that its
/// node still answers, and gives it back.
/// </summary>
/// <param name="claims">Where it tells what it holds.</param>
/// <param name="url">Its node.</param>
/// <param name="node">The number of its node.</param>
/// <param name="address">What it wants.</param>
/// <param name="keep">How long it keeps it, by the number of its grants.</param>
internal sealed class Contender(HolderClaims claims, Uri url, int node, string address, Func<int, TimeSpan> keep) : IAsyncDisposable
{
    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(90); // its node may be stopped for long
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _contending = Task.CompletedTask;
    private Moment _lastAnswered;
    private Moment _lastWord;
    private int _grants;

    /// <summary>It has been granted the address once.</summary>
    public Task Granted => _granted.Task;

    public Contender Start()
    {
        _contending = Task.Run(ContendAsync);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _contending;
        _stop.Dispose();
    }

    private async Task ContendAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var peer = await QueuedPeer.ConnectAsync(url, SocketPatience);
                using var leaving = _stop.Token.Register(peer.Dispose);
                var opened = Moment.Now;
                while (await WantAsync(peer))
                    await WaitAsync(Pause);
                claims.SocketEnded(node, opened, _lastAnswered, _lastWord);
            }
            catch (IOException)
            {
                // The node is not there, or does not answer.
            }

            await WaitAsync(Pause);
        }
    }

    // False where the socket is over.
    private async Task<bool> WantAsync(QueuedPeer peer)
    {
        var answer = await AskAsync(peer, Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        if (answer is null or { Type: EventType.Invalid })
            return false;
        if (answer.Type != EventType.ServerInitialized)
            return true;

        var claim = claims.Begin(address, "a peer", node, answer.At);
        _granted.TrySetResult();
        var until = Moment.Now + keep(_grants++);
        while (Moment.Now < until && !_stop.IsCancellationRequested)
        {
            var asked = Moment.Now;
            var sign = await AskAsync(peer, Frame.Heartbeat());
            if (sign is not { Type: EventType.MetaHeartbeat })
            {
                claim.Told = sign?.At ?? Moment.Now;
                return sign is { Type: not EventType.Invalid };
            }

            claim.Proof = asked;
            await WaitAsync(Pause);
        }

        claim.GivenBack = Moment.Now;
        return await AskAsync(peer, Frame.Of(EventType.ServerClosed, FrameHeader.NoId)) is { Type: not EventType.Invalid };
    }

    private async Task<Arrival?> AskAsync(QueuedPeer peer, byte[] question)
    {
        var asked = Moment.Now;
        await peer.SendAsync(question);
        var arrival = await peer.NextAsync(AnswerPatience);
        if (arrival is { Type: not EventType.Invalid })
            (_lastAnswered, _lastWord) = (asked, arrival.At);
        return arrival;
    }

    private Task WaitAsync(TimeSpan time) => Task.WhenAny(Task.Delay(time, _stop.Token));
}
