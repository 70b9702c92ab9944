using System.Diagnostics.CodeAnalysis;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>Those who wait for a word of the holder's node, in the order they came.</summary>
internal sealed class Contenders
{
    private OrderedDictionary<ReservationName, Contender>? _waiting;

    [MemberNotNullWhen(false, nameof(_waiting))]
    public bool IsEmpty => _waiting is null or { Count: 0 };

    /// <summary>When the first has waited for too long, in ms; <see cref="long.MaxValue"/>: nobody waits.</summary>
    public long Due => IsEmpty ? long.MaxValue : _waiting.Values.Min(contender => contender.Deadline);

    public bool TryGet(ReservationName name, out Contender contender)
    {
        contender = default;
        return _waiting?.TryGetValue(name, out contender) is true;
    }

    public void Add(Contender contender) => (_waiting ??= [])[contender.Name] = contender;

    public bool Remove(ReservationName name) => _waiting?.Remove(name) is true;

    /// <summary>Takes one by its name.</summary>
    public bool TryTake(ReservationName name, out Contender contender) => TryGet(name, out contender) && Remove(name);

    public void NodeLost(int node)
    {
        for (var i = (_waiting?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_waiting!.GetAt(i).Key.Connection.Node == node)
                _waiting.RemoveAt(i);
        }
    }

    public void Clear() => _waiting = null;

    /// <summary>Takes the one that came first.</summary>
    public bool TryTakeFirst(out Contender contender)
    {
        contender = IsEmpty ? default : _waiting.GetAt(0).Value;
        return !IsEmpty && Remove(contender.Name);
    }

    /// <summary>Those for whom a holder has to make way.</summary>
    public Contender[] ThatWinOver(Standing holder) =>
        IsEmpty ? [] : [.. _waiting.Values.Where(contender => contender.WinsOver(holder))];

    /// <summary>Takes those who have waited for too long.</summary>
    public IReadOnlyList<ReservationName> TakeLate(long now)
    {
        if (IsEmpty || now < Due)
            return [];

        ReservationName[] late = [.. _waiting.Values.Where(contender => contender.Deadline <= now).Select(contender => contender.Name)];
        foreach (var name in late)
            _waiting.Remove(name);
        return late;
    }
}
