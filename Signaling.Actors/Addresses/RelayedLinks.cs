using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>
/// The links that an address has opened and that still use it. One that is not used for long is forgotten: it may have gone
/// straight, or be over without the address having seen its end.
/// </summary>
internal sealed class RelayedLinks
{
    /// <summary>A link that is silent for so long no longer keeps the address here, in ms.</summary>
    public const long LongestSilence = 120_000;

    private Dictionary<LinkName, Relayed>? _links;

    public bool IsEmpty => _links is null or { Count: 0 };

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due { get; private set; } = long.MaxValue;

    public void Add(LinkName link, ReservationName host, long now)
    {
        (_links ??= [])[link] = new Relayed(host, now);
        Due = Math.Min(Due, now + LongestSilence);
    }

    /// <summary>The reservation that a link was opened to.</summary>
    public bool TryGetHost(LinkName link, out ReservationName host)
    {
        var relayed = default(Relayed);
        var known = _links?.TryGetValue(link, out relayed) is true;
        host = relayed.Host;
        return known;
    }

    /// <summary>All of them, each with the connection that accepted it.</summary>
    public IEnumerable<(LinkName Link, ConnectionUid Acceptor)> All() =>
        _links?.Select(link => (link.Key, link.Value.Host.Connection)) ?? [];

    public void Use(LinkName link, long now)
    {
        if (_links is null)
            return;

        ref var relayed = ref CollectionsMarshal.GetValueRefOrNullRef(_links, link);
        if (!Unsafe.IsNullRef(ref relayed))
            relayed.LastUse = now;
    }

    public void Remove(LinkName link) => _links?.Remove(link);

    /// <summary>Forgets the links that have ended at a node.</summary>
    public void NodeLost(int node)
    {
        if (_links is null)
            return;

        foreach (var (link, relayed) in _links)
        {
            if (link.Initiator.Node == node || relayed.Host.Connection.Node == node)
                _links.Remove(link);
        }
    }

    /// <summary>Time has passed: forgets the silent ones.</summary>
    public void Tick(long now)
    {
        if (_links is null || now < Due)
            return;

        Due = long.MaxValue;
        foreach (var (link, relayed) in _links)
        {
            if (now - relayed.LastUse >= LongestSilence)
                _links.Remove(link);
            else
                Due = Math.Min(Due, relayed.LastUse + LongestSilence);
        }
    }

    private record struct Relayed(ReservationName Host, long LastUse);
}
