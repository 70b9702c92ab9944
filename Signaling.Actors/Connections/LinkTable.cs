using System.Diagnostics.CodeAnalysis;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The open links of one connection, by the peer's id and by their name.</summary>
internal sealed class LinkTable
{
    private readonly Dictionary<short, Link> _byId = [];
    private readonly Dictionary<LinkName, Link> _byName = [];

    public bool Contains(short id) => _byId.ContainsKey(id);

    public bool TryGet(short id, [NotNullWhen(true)] out Link? link) => _byId.TryGetValue(id, out link);

    public bool TryGet(LinkName name, [NotNullWhen(true)] out Link? link) => _byName.TryGetValue(name, out link);

    public void Add(Link link)
    {
        _byId.Add(link.Id, link);
        _byName.Add(link.Name, link);
    }

    public void Remove(Link link)
    {
        _byId.Remove(link.Id);
        _byName.Remove(link.Name);
    }

    /// <summary>The links as they are now, so that the table may change while they are gone through.</summary>
    public Link[] ToArray() => [.. _byId.Values];
}
