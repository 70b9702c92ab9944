using System.Diagnostics;
using System.Globalization;
using System.Net;
using Signaling.Actors.Protocol;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Load;

public sealed class IdleConnectionsTests(ITestOutputHelper output)
{
    private const int Peers = 10_000;
    private const int PerSourceAddress = 2_500;
    private const int MostPerPeer = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Ten_thousand_listening_peers_cost_little_and_what_they_cost_comes_back()
    {
        await using var node = await NodeProcess.StartAsync(settings: "\"log_verbose\": false,");
        await LeaveAsync(await ListenAsync(node, 500, "warm-up")); // what is loaded and compiled once is no peer's
        var before = MemoryOf(node);

        var start = Stopwatch.GetTimestamp();
        var peers = await ListenAsync(node, Peers, "idle");
        var took = Stopwatch.GetElapsedTime(start);
        var with = MemoryOf(node);
        var rise = with - before;
        Say($"{Peers} listening peers in {took.TotalSeconds:0.0} s; memory {Mega(before)} before, {Mega(with)} with them: {rise / Peers / 1024.0:0.0} KiB for each.");
        Assert.InRange(rise / Peers, 0, MostPerPeer);
        await ExpectServedAsync(peers[0]);
        await ExpectServedAsync(peers[^1]);

        start = Stopwatch.GetTimestamp();
        await LeaveAsync(peers);
        try
        {
            await Eventually.BecomesAsync(() => MemoryOf(node), memory => memory < before + (rise / 2), Patience);
        }
        finally
        {
            Say($"{Mega(MemoryOf(node))} {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s after they left.");
        }

        await using var next = await TestPeer.ListenAsync(node.App("/callapp"), "idle-0");
    }

    private static async Task<BarePeer[]> ListenAsync(NodeProcess node, int count, string name)
    {
        var peers = new BarePeer[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            var source = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.0.{2 + (i / PerSourceAddress)}"));
            var address = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, $"{name}-{i}");
            peers[i] = await BarePeer.ConnectAsync(node.WebSocket, "/callapp", source);
            await peers[i].SendAsync(address);
            Assert.Equal((BarePeer.Binary, address), await peers[i].ReadAsync());
        });
        return peers;
    }

    private static async Task LeaveAsync(BarePeer[] peers)
    {
        foreach (var peer in peers)
        {
            await peer.SendFrameAsync(BarePeer.Close, []);
            peer.Dispose();
        }
    }

    private static async Task ExpectServedAsync(BarePeer peer)
    {
        await peer.SendAsync(Frame.Heartbeat());
        Assert.Equal((BarePeer.Binary, Frame.Heartbeat()), await peer.ReadAsync());
    }

    private static long MemoryOf(NodeProcess node)
    {
        using var process = Process.GetProcessById(node.Id);
        return process.WorkingSet64;
    }

    private static string Mega(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MiB");

    private void Say(FormattableString text)
    {
        var line = text.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
