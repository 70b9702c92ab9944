using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>Gives reservations back: asks for each release until it is answered.</summary>
/// <param name="effects">Where the requests go.</param>
internal sealed class Releases(INodeEffects effects)
{
    private const long RepeatAfter = 1_000; // ms

    private readonly Dictionary<ReservationName, Pending> _pending = [];
    private readonly Queue<(ReservationName Name, long At)> _repeats = []; // all have to wait equally long

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>When the next one is to be asked for again, in ms.</summary>
    public long Due => _repeats.TryPeek(out var next) ? next.At : long.MaxValue;

    public bool IsPending(ReservationName name) => _pending.ContainsKey(name);

    public void Add(string key, ReservationName name, long now)
    {
        if (!_pending.ContainsKey(name))
            Ask(key, name, now);
    }

    public void Answered(ReservationName name) => _pending.Remove(name);

    public void Tick(long now)
    {
        while (_repeats.TryPeek(out var next) && next.At <= now)
        {
            _repeats.Dequeue();
            if (_pending.TryGetValue(next.Name, out var pending) && pending.RepeatAt == next.At)
                Ask(pending.Key, next.Name, now);
        }
    }

    private void Ask(string key, ReservationName name, long now)
    {
        _pending[name] = new Pending(key, now + RepeatAfter);
        _repeats.Enqueue((name, now + RepeatAfter));
        effects.Request(new Release(key, name));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pending(string Key, long RepeatAt);
}
