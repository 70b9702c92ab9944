using Akka.Actor;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Node;

/// <summary>Ends the node when its lease has run out: what it held may be others' by now.</summary>
internal sealed class LeaseGuard(
    ActorSystem system, INodeActors actors, OpenSockets sockets, NodeEnd end, TimeProvider time, ILogger<LeaseGuard> logger)
    : IHostedService
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private CancellationTokenRegistration _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = actors.LeaseEnded.Register(() => _ = EndAsync());
        return Task.CompletedTask;
    }

    // From here on the node leaves, and nobody renews the lease of a node that has left.
    public async Task StopAsync(CancellationToken cancellationToken) => await _registration.DisposeAsync();

    private async Task EndAsync()
    {
        if (end.Because(ExitCodes.LeaseOver))
            NodeLog.LeaseOver(logger, ExitCodes.LeaseOver);
        sockets.CloseAll();
        try
        {
            await sockets.UntilNone().WaitAsync(Farewell, time);
        }
        catch (TimeoutException)
        {
            sockets.AbortAll();
        }

        // There is nothing to hand over and nobody to say goodbye to. The host stops when its actors have.
        await CoordinatedShutdown.Get(system).Run(LeaseOverReason.Instance, CoordinatedShutdown.PhaseBeforeActorSystemTerminate);
    }

    private sealed class LeaseOverReason : CoordinatedShutdown.Reason
    {
        public static readonly LeaseOverReason Instance = new();

        public override int ExitCode => ExitCodes.LeaseOver;
    }
}
