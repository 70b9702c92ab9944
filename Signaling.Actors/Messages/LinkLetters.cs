namespace Signaling.Actors.Messages;

/// <summary>A letter about one link.</summary>
public interface ILinkLetter : ILetter
{
    /// <summary>The link.</summary>
    LinkName Link { get; }
}

/// <summary>From the address to the holder: somebody asks for a link.</summary>
/// <param name="Link">The link to be.</param>
/// <param name="Host">The reservation that it was asked for; the holder refuses where it no longer stands.</param>
/// <param name="Relay">The address that the link's frames go through.</param>
public sealed record Offer(LinkName Link, ReservationName Host, AddressUid Relay) : ILinkLetter;

/// <summary>From the holder to the initiator: the link is open. Repeated until it is confirmed.</summary>
/// <param name="Link">The link.</param>
/// <param name="Acceptor">The holder.</param>
/// <param name="Relay">The address that the link's frames go through.</param>
public sealed record Accepted(LinkName Link, ConnectionUid Acceptor, AddressUid Relay) : ILinkLetter;

/// <summary>From the initiator to the holder: the acceptance has arrived.</summary>
/// <param name="Link">The link.</param>
public sealed record Confirmed(LinkName Link) : ILinkLetter;

/// <summary>To the initiator, by way of the address: there is no link.</summary>
/// <param name="Link">The link that does not come to be.</param>
public sealed record Refused(LinkName Link) : ILinkLetter;

/// <summary>A frame of a link's peer on its way to the other end, whole or a piece of it.</summary>
/// <param name="Link">The link.</param>
/// <param name="From">
/// The end that sends it. A repeated request can be accepted twice, by two who held the address one after the other: only
/// the one whose acceptance counts is heard.
/// </param>
/// <param name="Data">
/// The frame as the peer sent it, header and all, or a piece of it of at most <see cref="MaxData"/> bytes. Who takes
/// the letter owns them.
/// </param>
/// <param name="More">Whether more pieces of the same frame follow.</param>
public sealed record LinkFrame(LinkName Link, ConnectionUid From, Memory<byte> Data, bool More) : ILinkLetter
{
    /// <summary>
    /// Most bytes of a frame in one message between nodes: with everything around them they stay below 32 KiB, so
    /// that no heartbeat waits long behind them and remoting's own limit is far away.
    /// </summary>
    public const int MaxData = 31 * 1024;

    /// <summary>Says how long the data are, never what they are.</summary>
    public override string ToString() => $"LinkFrame {{ {Link}, from {From}, {Data.Length} bytes, more: {More} }}";
}

/// <summary>The last letter of a link from one of its ends.</summary>
/// <param name="Link">The link.</param>
/// <param name="From">The end that closed it, see <see cref="LinkFrame"/>.</param>
public sealed record LinkEnd(LinkName Link, ConnectionUid From) : ILinkLetter;
