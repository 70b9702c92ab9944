using Signaling.Actors.Connections;

namespace Signaling.Gateway.Metrics;

/// <summary>The figures of the peers of one app.</summary>
/// <param name="app">The app's path.</param>
/// <param name="metrics">Where they are counted.</param>
internal sealed class AppFigures(string app, AppMetrics metrics)
{
    private readonly long[] _failures = new long[Enum.GetValues<StepReason>().Length];
    private int _addresses;
    private int _links;

    public string App { get; } = app;

    /// <summary>What its peers have said.</summary>
    public RelayTraffic Traffic { get; } = new();

    /// <summary>How many addresses its peers hold.</summary>
    public int Addresses => Volatile.Read(ref _addresses);

    /// <summary>How many ends of links they have open.</summary>
    public int Links => Volatile.Read(ref _links);

    /// <summary>How many addresses and links they have asked for in vain, and how many links broke, by the reason.</summary>
    public IEnumerable<(StepReason Reason, long Count)> Failures =>
        Enum.GetValues<StepReason>().Select(reason => (reason, Interlocked.Read(ref _failures[(int)reason]))).Where(one => one.Item2 > 0);

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
                Fail(step.Reason);
                metrics.Answered(App, "listen", step.Reason.ToString());
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
                Fail(step.Reason);
                metrics.Answered(App, "connect", step.Reason.ToString());
                break;
            case StepKind.LinkClosed:
                Interlocked.Decrement(ref _links);
                if (step.Reason is StepReason.NodeLost or StepReason.OtherGone or StepReason.TooSlow)
                    Fail(step.Reason);
                metrics.Closed(App, step.Reason.ToString());
                break;
        }
    }

    private void Fail(StepReason reason) => Interlocked.Increment(ref _failures[(int)reason]);
}
