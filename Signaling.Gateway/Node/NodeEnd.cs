using Akka.Actor;

namespace Signaling.Gateway.Node;

/// <summary>Knows why the node ends where nobody has told it to, and with what its process exits.</summary>
internal sealed class NodeEnd(ActorSystem system, ILogger<NodeEnd> logger) : IHostedLifecycleService
{
    private int _exitCode = ExitCodes.Ok;

    /// <summary>What the process exits with: one of <see cref="ExitCodes"/>.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>Takes note of why the node ends. The first reason counts.</summary>
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    /// <returns>Whether this was the first.</returns>
    public bool Because(int exitCode) => Interlocked.CompareExchange(ref _exitCode, exitCode, ExitCodes.Ok) == ExitCodes.Ok;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = NoteWhenTerminatedAsync();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        NoteRemoval();
        if (ExitCode != ExitCodes.Ok)
            Environment.ExitCode = ExitCode; // in place of the -1 that Akka.Hosting has for some of it
        return Task.CompletedTask;
    }

    private async Task NoteWhenTerminatedAsync()
    {
        await system.WhenTerminated;
        NoteRemoval();
    }

    private void NoteRemoval()
    {
        if (CoordinatedShutdown.Get(system).ShutdownReason
                is CoordinatedShutdown.ClusterDowningReason or CoordinatedShutdown.ClusterLeavingReason
            && Because(ExitCodes.Removed))
        {
            NodeLog.Removed(logger, ExitCodes.Removed);
        }
    }
}
