namespace Signaling.Actors.Messages;

/// <summary>A letter about one link.</summary>
public interface ILinkLetter : ILetter
{
    /// <summary>The link.</summary>
    LinkName Link { get; }
}

/// <summary>A letter of one end of a link to the other, straight or by way of the link's address.</summary>
public interface ILinkPart : ILinkLetter
{
    /// <summary>
    /// The end that sends it. A repeated request can be accepted twice, by two who held the address one after the other: only
    /// the one whose acceptance counts is heard.
    /// </summary>
    ConnectionUid From { get; }

    /// <summary>The end that it is for.</summary>
    ConnectionUid To { get; }
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

/// <summary>
/// To an end of a link: the address that its frames go through stops, or has stopped. What is not confirmed is to be sent
/// again, straight to the other end, as all that follows.
/// </summary>
/// <param name="Link">The link.</param>
public sealed record RelayStopped(LinkName Link) : ILinkLetter;

/// <summary>A frame of a link's peer on its way to the other end, whole or a piece of it.</summary>
/// <param name="Link">The link.</param>
/// <param name="From">The end that sends it.</param>
/// <param name="To">The end that it is for.</param>
/// <param name="Number">Its number among all that this end sends over the link, from 1 on.</param>
/// <param name="Data">
/// The frame as the peer sent it, header and all, or a piece of it of at most <see cref="MaxData"/> bytes. Who takes
/// the letter may write into its header, nowhere else: the sender keeps the same bytes until they are received.
/// </param>
/// <param name="More">Whether more pieces of the same frame follow.</param>
public sealed record LinkFrame(LinkName Link, ConnectionUid From, ConnectionUid To, long Number, Memory<byte> Data, bool More) : ILinkPart
{
    /// <summary>
    /// Most bytes of a frame in one message between nodes: with everything around them they stay below 32 KiB, so
    /// that no heartbeat waits long behind them and remoting's own limit is far away.
    /// </summary>
    public const int MaxData = 31 * 1024;

    int ILetter.MostBytes => 256 + Data.Length;

    /// <summary>Says how long the data are, never what they are.</summary>
    public override string ToString() => $"LinkFrame {{ {Link}, from {From}, number {Number}, {Data.Length} bytes, more: {More} }}";
}

/// <summary>The last of all that one end sends over a link: it has closed it.</summary>
/// <param name="Link">The link.</param>
/// <param name="From">The end that closed it.</param>
/// <param name="To">The end that it is for.</param>
/// <param name="Number">Its number, see <see cref="LinkFrame"/>.</param>
public sealed record LinkEnd(LinkName Link, ConnectionUid From, ConnectionUid To, long Number) : ILinkPart;

/// <summary>Says how far one end has come with what the other has sent. Goes straight. The largest numbers count.</summary>
/// <param name="Link">The link.</param>
/// <param name="From">The end that says so.</param>
/// <param name="To">The end that it is for.</param>
/// <param name="Received">All up to this number need not be sent again.</param>
/// <param name="Written">All up to this number have been handed to the peer's socket.</param>
/// <param name="Full">Whether what came behind was dropped for want of room; another one says when there is room.</param>
public sealed record LinkAck(LinkName Link, ConnectionUid From, ConnectionUid To, long Received, long Written, bool Full) : ILinkPart;

/// <summary>
/// There is no such link at this end, any more or at all: only the connection that should have it, or its node, says so.
/// It confirms all that was sent over it.
/// </summary>
/// <param name="Link">The link.</param>
/// <param name="From">The end that does not have it.</param>
/// <param name="To">The end that it is for.</param>
public sealed record LinkGone(LinkName Link, ConnectionUid From, ConnectionUid To) : ILinkPart;
