using Akka.Actor;
using Signaling.Actors.Hosting;

namespace Signaling.Gateway.Node;

/// <summary>Ends the node when its share of the addresses has ended unasked: it would stay a member that reaches no address.</summary>
internal sealed class AddressesGuard(
    ActorSystem system, NodeEnd end, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AddressesGuard> logger)
    : IHostedService
{
    // A node that is removed loses its addresses a moment before the shutdown of its actors begins.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = WatchAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WatchAsync()
    {
        await SignalingActors.AddressesOf(system).WatchAsync();
        await Task.Delay(Moment, time);
        if (CoordinatedShutdown.Get(system).ShutdownReason is not null || !end.Because(ExitCodes.AddressesEnded))
            return;

        NodeLog.AddressesEnded(logger, ExitCodes.AddressesEnded);
        lifetime.StopApplication(); // in order: conversations don't need the addresses any more
    }
}
