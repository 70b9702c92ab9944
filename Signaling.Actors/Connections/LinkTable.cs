using System.Diagnostics.CodeAnalysis;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The links of one connection, by the peer's id while they are open, and by their name until they are over.</summary>
internal sealed class LinkTable
{
    private readonly Dictionary<short, Link> _byId = [];
    private readonly Dictionary<LinkName, Link> _byName = [];

    /// <summary>How many the peer sees as open.</summary>
    public int OpenCount => _byId.Count;

    /// <summary>How many there are, with those that wait for a confirmation of their end.</summary>
    public int Count => _byName.Count;

    public bool Contains(short id) => _byId.ContainsKey(id);

    public bool TryGet(short id, [NotNullWhen(true)] out Link? link) => _byId.TryGetValue(id, out link);

    public bool TryGet(LinkName name, [NotNullWhen(true)] out Link? link) => _byName.TryGetValue(name, out link);

    public void Add(Link link)
    {
        _byId.Add(link.Id, link);
        _byName.Add(link.Name, link);
    }

    /// <summary>The peer no longer sees it: its id may come again.</summary>
    public void Close(Link link)
    {
        if (_byId.TryGetValue(link.Id, out var current) && current == link)
            _byId.Remove(link.Id);
    }

    public void Remove(Link link)
    {
        Close(link);
        _byName.Remove(link.Name);
    }

    /// <summary>The open links as they are now, so that the table may change while they are gone through.</summary>
    public Link[] OpenLinks() => [.. _byId.Values];

    /// <summary>All links as they are now.</summary>
    public Link[] ToArray() => [.. _byName.Values];
}
