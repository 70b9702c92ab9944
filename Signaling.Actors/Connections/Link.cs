using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>One end of a link, as its connection knows it.</summary>
/// <param name="name">The link.</param>
/// <param name="id">The id that the peer knows it by.</param>
/// <param name="other">The connection at the other end.</param>
/// <param name="relay">The address that its frames go through.</param>
/// <param name="sent">What the connection has sent over all of its links.</param>
/// <param name="room">What waits for the peer's socket, of all links.</param>
/// <param name="key">The address that it was opened by.</param>
internal sealed class Link(LinkName name, short id, ConnectionUid other, AddressUid relay, Budget sent, Budget room, string key)
{
    public LinkName Name { get; } = name;

    public short Id { get; } = id;

    public ConnectionUid Other { get; } = other;

    public AddressUid Relay { get; } = relay;

    public SendWindow Out { get; } = new(sent);

    public ReceiveWindow In { get; } = new(room);

    public StallClock Stall { get; } = new();

    public string Key { get; } = key;

    public LinkTraffic Traffic { get; } = new();

    /// <summary>Whether its frames go straight to the other end. For good, once they do.</summary>
    public bool IsStraight { get; set; }

    /// <summary>When this end was closed, in ms; it then only waits for the other end to confirm all that it was sent.</summary>
    public long? EndedAt { get; set; }

    /// <summary>Whether it is forgotten; frames of it may still wait for the peer's socket.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether the other end is to be told how far this one has come.</summary>
    public bool AckIsDue { get; set; }
}
