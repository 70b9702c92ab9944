using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>One end of an open link, as its connection knows it.</summary>
/// <param name="name">The link.</param>
/// <param name="id">The id that the peer knows it by.</param>
/// <param name="other">The connection at the other end.</param>
/// <param name="relay">The address that its frames go through.</param>
internal sealed class Link(LinkName name, short id, ConnectionUid other, AddressUid relay)
{
    public LinkName Name { get; } = name;

    public short Id { get; } = id;

    public ConnectionUid Other { get; } = other;

    public AddressUid Relay { get; } = relay;

    public FramePieces Incoming { get; } = new();

    public bool Touches(int node) => Other.Node == node || Relay.Node == node;
}
