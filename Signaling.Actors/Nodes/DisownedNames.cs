using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The reservations that this node has said do not stand. They never may from then on: an address that has heard so gives itself to
/// others, and an earlier grant may still be under way.
/// </summary>
internal sealed class DisownedNames
{
    private const long KeptFor = 20_000; // ms; no connection waits for a grant half as long

    private readonly Queue<(ReservationName Name, long At)> _byAge = [];
    private readonly HashSet<ReservationName> _names = [];

    public bool Contains(ReservationName name) => _names.Contains(name);

    public void Add(ReservationName name, long now)
    {
        while (_byAge.TryPeek(out var oldest) && oldest.At + KeptFor <= now)
            _names.Remove(_byAge.Dequeue().Name);

        if (_names.Add(name))
            _byAge.Enqueue((name, now));
    }
}
