using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Asks for each of many addresses once, over a few sockets.</summary>
internal static class Sweep
{
    private const int Sockets = 16;
    private const short Link = 1;

    private static readonly TimeSpan Patience = Promises.Answer + TimeSpan.FromSeconds(2);

    /// <summary>Wants each address for itself; returns those that were not denied.</summary>
    public static Task<string[]> NotDeniedAsync(IReadOnlyList<string> addresses, params IReadOnlyList<ClusterNode> nodes) =>
        AskAsync(addresses, nodes, async (peer, address) =>
        {
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
            return await peer.NextAsync(Patience) is { Type: EventType.ServerInitFailed };
        });

    /// <summary>Connects to each address; returns those where that failed.</summary>
    public static Task<string[]> NotConnectedAsync(IReadOnlyList<string> addresses, params IReadOnlyList<ClusterNode> nodes) =>
        AskAsync(addresses, nodes, async (peer, address) =>
        {
            await peer.SendAsync(Frame.Of(EventType.NewConnection, Link, address));
            if (await peer.NextAsync(Patience) is not { Type: EventType.NewConnection })
                return false;
            await peer.SendAsync(Frame.Of(EventType.Disconnected, Link));
            return await peer.NextAsync(Patience) is { Type: EventType.Disconnected };
        });

    private static async Task<string[]> AskAsync(
        IReadOnlyList<string> addresses, IReadOnlyList<ClusterNode> nodes, Func<QueuedPeer, string, Task<bool>> ask)
    {
        var sockets = Math.Min(Sockets, addresses.Count);
        var failed = await Task.WhenAll(Enumerable.Range(0, sockets).Select(async socket =>
        {
            using var peer = await QueuedPeer.ConnectAsync(nodes[socket % nodes.Count].App(FaultCluster.App), Patience);
            var wrong = new List<string>();
            for (var i = socket; i < addresses.Count; i += sockets)
            {
                if (!await ask(peer, addresses[i]))
                    wrong.Add(addresses[i]);
            }

            return wrong;
        }));
        return [.. failed.SelectMany(some => some)];
    }
}
