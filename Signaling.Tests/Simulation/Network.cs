namespace Signaling.Tests.Simulation;

/// <summary>
/// A seeded network and clock. Each message takes a random while; those from one node to one receiver keep their order, as
/// they do in one association of Akka.Remote; all others overtake each other as they like.
/// </summary>
internal sealed class Network(Random random)
{
    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private readonly Dictionary<(object From, object To), long> _lastArrival = [];
    private long _order;

    /// <summary>The time in ms.</summary>
    public long Now { get; private set; }

    /// <summary>Lets something happen at the end of a message's way.</summary>
    public void Send(object from, object to, long slowest, Action arrive)
    {
        var at = Now + random.NextInt64(slowest + 1);
        if (_lastArrival.TryGetValue((from, to), out var last) && last > at)
            at = last;
        _lastArrival[(from, to)] = at;
        _due.Enqueue(arrive, (at, _order++));
    }

    /// <summary>Lets something happen later.</summary>
    public void After(long delay, Action action) => _due.Enqueue(action, (Now + delay, _order++));

    /// <summary>Lets the next thing happen; false when nothing is left.</summary>
    public bool Step()
    {
        if (!_due.TryDequeue(out var action, out var when))
            return false;

        Now = when.At;
        action();
        return true;
    }
}
