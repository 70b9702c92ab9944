using System.Diagnostics.CodeAnalysis;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>Those who wait for a word of the holder's node, in the order they came.</summary>
internal sealed class Contenders
{
    private OrderedDictionary<ReservationName, long>? _deadlines;

    [MemberNotNullWhen(false, nameof(_deadlines))]
    public bool IsEmpty => _deadlines is null or { Count: 0 };

    /// <summary>When the first has waited for too long, in ms; <see cref="long.MaxValue"/>: nobody waits.</summary>
    public long Due => IsEmpty ? long.MaxValue : _deadlines.Values.Min();

    public void Add(ReservationName name, long deadline) => (_deadlines ??= [])[name] = deadline;

    public bool Remove(ReservationName name) => _deadlines?.Remove(name) is true;

    public void NodeLost(int node)
    {
        for (var i = (_deadlines?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_deadlines!.GetAt(i).Key.Connection.Node == node)
                _deadlines.RemoveAt(i);
        }
    }

    public void Clear() => _deadlines = null;

    /// <summary>Takes the one that came first.</summary>
    public bool TryTakeFirst(out ReservationName name)
    {
        name = IsEmpty ? default : _deadlines.GetAt(0).Key;
        return Remove(name);
    }

    /// <summary>Takes those who have waited for too long.</summary>
    public IReadOnlyList<ReservationName> TakeLate(long now)
    {
        if (IsEmpty || now < Due)
            return [];

        ReservationName[] late = [.. _deadlines.Where(contender => contender.Value <= now).Select(contender => contender.Key)];
        foreach (var name in late)
            _deadlines.Remove(name);
        return late;
    }
}
