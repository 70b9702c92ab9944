using System.Diagnostics.CodeAnalysis;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The links of one connection, by the peer's id while they are open, and by their name until they are over.</summary>
internal sealed class LinkTable
{
    private Dictionary<short, Link>? _byId;
    private Dictionary<LinkName, Link>? _byName;

    /// <summary>How many the peer sees as open.</summary>
    public int OpenCount => _byId?.Count ?? 0;

    /// <summary>How many there are, with those that wait for a confirmation of their end.</summary>
    public int Count => _byName?.Count ?? 0;

    public bool Contains(short id) => TryGet(id, out _);

    public bool TryGet(short id, [NotNullWhen(true)] out Link? link) => (link = _byId?.GetValueOrDefault(id)) is not null;

    public bool TryGet(LinkName name, [NotNullWhen(true)] out Link? link) => (link = _byName?.GetValueOrDefault(name)) is not null;

    public void Add(Link link)
    {
        (_byId ??= []).Add(link.Id, link);
        (_byName ??= []).Add(link.Name, link);
    }

    /// <summary>The peer no longer sees it: its id may come again.</summary>
    public void Close(Link link)
    {
        if (TryGet(link.Id, out var current) && current == link)
            _byId!.Remove(link.Id);
    }

    public void Remove(Link link)
    {
        Close(link);
        _byName?.Remove(link.Name);
    }

    /// <summary>The open links as they are now, so that the table may change while they are gone through.</summary>
    public Link[] OpenLinks() => _byId is null ? [] : [.. _byId.Values];

    /// <summary>All links as they are now.</summary>
    public Link[] ToArray() => _byName is null ? [] : [.. _byName.Values];
}
