using System.Diagnostics;
using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Budgets;

/// <summary>A gateway and the echo server, each in a process of its own, with their code compiled for good.</summary>
public sealed class MeasuredServers : IAsyncLifetime
{
    private const int Pairs = 16;
    private const int Size = 200;
    private const int Warming = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4); // what compiles meanwhile is no message's

    private NodeProcess _node = null!;
    private EchoProcess _echo = null!;

    public async Task InitializeAsync()
    {
        _node = await NodeProcess.StartAsync(
            settings: "\"log_verbose\": false,", environment: ("SIGNALING__SOCKETS__PINGINTERVAL", "01:00:00")); // the clients answer no pings
        _echo = await EchoProcess.StartAsync();
        using var relayed = Relay(Warming, "warm-up");
        using var echoed = Echo(Warming);
        CostOf(relayed, WarmUp);
        CostOf(echoed, WarmUp / 2);
    }

    public async Task DisposeAsync()
    {
        await _echo.DisposeAsync();
        await _node.DisposeAsync();
    }

    /// <summary>Pairs that the gateway links.</summary>
    /// <param name="atOnce">Messages of each under way.</param>
    /// <param name="address">What their addresses begin with.</param>
    internal LockstepLoad Relay(int atOnce, string address) => new RelayedLoad(_node.Id, _node.App("/callapp"), address, Pairs, Size, atOnce);

    /// <summary>As many clients of the echo server.</summary>
    internal LockstepLoad Echo(int atOnce) => new EchoedLoad(_echo.Id, _echo.Url, Pairs, Size, atOnce);

    /// <summary>What a message costs the server, in us of processor time.</summary>
    internal static double CostOf(LockstepLoad load, TimeSpan duration)
    {
        using var server = Process.GetProcessById(load.Server);
        var (before, start, messages) = (server.TotalProcessorTime, Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(start) < duration)
            messages += load.Step();
        server.Refresh();
        return (server.TotalProcessorTime - before).TotalMicroseconds / messages;
    }
}
