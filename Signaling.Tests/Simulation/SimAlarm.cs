namespace Signaling.Tests.Simulation;

/// <summary>The one timer of an actor, set anew only for an earlier time, as the shells do.</summary>
internal struct SimAlarm
{
    public static readonly object Message = new();

    public static readonly SimAlarm Off = new() { _at = long.MaxValue };

    private long _at;
    private long _number;

    /// <summary>Sets it.</summary>
    /// <param name="due">When it is to ring, by the clock of the node.</param>
    /// <param name="actor">Who is told.</param>
    /// <param name="node">Where it lives.</param>
    public void Set(long due, SimActor actor, SimNode node)
    {
        if (due == long.MaxValue || due - node.Clock >= _at)
            return;

        _at = Math.Max(due - node.Clock, node.World.Now + 1);
        node.World.Timeline.Add(_at, actor, Message, ++_number);
    }

    /// <summary>Whether this is the alarm that was set last.</summary>
    public bool Rings(long number)
    {
        if (number != _number)
            return false;

        _at = long.MaxValue;
        return true;
    }
}
