using System.Net.Sockets;
using Signaling.Tests.Cluster;

namespace Signaling.Tests.Floods;

/// <summary>Connections that say nothing, or begin a request and never end it, from as many addresses as it takes to have them all open at once.</summary>
internal sealed class SilentFlood : IFlood
{
    private const int Connections = 10_000;
    private const int PerSource = 100;

    private readonly List<Socket> _sockets;

    private SilentFlood(List<Socket> sockets) => _sockets = sockets;

    public long Done => _sockets.Count;

    public static async Task<IFlood> StartAsync(NodeProcess node)
    {
        List<Socket> sockets = [];
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, stop) =>
        {
            if (await Sources.ConnectAsync(node, Sources.Of(i / PerSource), stop) is not { } socket)
                return;

            lock (sockets)
                sockets.Add(socket);
            if (i % 2 == 0)
                await socket.SendAsync("GET /callapp HTTP/1.1\r\nHost: local"u8.ToArray(), stop);
        });
        return new SilentFlood(sockets);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
