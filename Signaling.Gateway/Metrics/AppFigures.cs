using Signaling.Actors.Connections;

namespace Signaling.Gateway.Metrics;

/// <summary>The figures of the peers of one app.</summary>
/// <param name="app">The app's path.</param>
/// <param name="metrics">Where they are counted.</param>
internal sealed class AppFigures(string app, AppMetrics metrics)
{
    private int _addresses;
    private int _links;
    private long _failures;

    public string App { get; } = app;

    /// <summary>What its peers have said.</summary>
    public RelayTraffic Traffic { get; } = new();

    /// <summary>How many addresses its peers hold.</summary>
    public int Addresses => Volatile.Read(ref _addresses);

    /// <summary>How many ends of links they have open.</summary>
    public int Links => Volatile.Read(ref _links);

    /// <summary>How many addresses and links they have asked for in vain.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Counts a step.</summary>
    public void Count(in PeerStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Listening:
                Interlocked.Increment(ref _addresses);
                metrics.Answered(App, "listen", "granted");
                break;
            case StepKind.ListenFailed:
                Fail("listen", step.Reason);
                break;
            case StepKind.ListenEnded:
                Interlocked.Decrement(ref _addresses);
                break;
            case StepKind.LinkOpened:
                Interlocked.Increment(ref _links);
                if (step.Link?.Initiator == step.Peer)
                    metrics.Answered(App, "connect", "granted");
                break;
            case StepKind.ConnectFailed:
                Fail("connect", step.Reason);
                break;
            case StepKind.LinkClosed:
                Interlocked.Decrement(ref _links);
                metrics.Closed(App, step.Reason.ToString());
                break;
        }
    }

    private void Fail(string request, StepReason reason)
    {
        Interlocked.Increment(ref _failures);
        metrics.Answered(App, request, reason.ToString());
    }
}
