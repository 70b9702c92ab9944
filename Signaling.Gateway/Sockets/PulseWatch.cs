using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Sockets;

/// <summary>Looks after all sockets, one after the other, with one timer.</summary>
internal sealed class PulseWatch(OpenSockets sockets, IOptions<SignalingOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var times = options.Value.Sockets;
        var shortest = times.PingInterval < times.PongTimeout ? times.PingInterval : times.PongTimeout;
        using var timer = new PeriodicTimer(shortest / 4 < Longest ? shortest / 4 : Longest, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            sockets.LookAfterAll(time.GetUtcNow());
    }
}
