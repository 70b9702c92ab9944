using System.Buffers.Binary;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>Watches what a connection hears and says: which end of which link it is, and which branches of the design that shows.</summary>
internal sealed class ConnectionWatch(SimConnection connection)
{
    private readonly Dictionary<LinkName, SentOver> _sent = [];
    private readonly HashSet<LinkName> _accepted = [];
    private readonly Dictionary<long, PeerLink> _asked = [];
    private IAddressRequest? _lastRequest;

    private World World => connection.Node.World;

    public void Requests(IAddressRequest request)
    {
        if (ReferenceEquals(request, _lastRequest))
            World.Met(Met.RequestRepeated);
        _lastRequest = request;
        if (request is Connect connect && connection.Peer.NextAsked is { } link)
            _asked.TryAdd(connect.Link.Request, link);
        if (request is Join)
            World.Met(Met.JoinOfShared);
    }

    public void Tells(ConnectionUid to, ILetter letter)
    {
        switch (letter)
        {
            case ILinkPart part and (LinkFrame or LinkEnd):
                Sends(part, isStraight: true);
                break;
            case LinkAck ack:
                connection.Memory.Acknowledged(ack, World.Now);
                if (ack.Full)
                    World.Met(_sent.ContainsKey(ack.Link) || ack.Received > 0 || connection.Socket.Waiting > 500_000 ? Met.BudgetDrop : Met.EarlyFrameBeforeAcceptance);
                break;
            case Accepted accepted when !_accepted.Add(accepted.Link):
                World.Met(Met.AcceptanceRepeated);
                break;
            case Accepted accepted when connection.Peer.LastOpened is { } opened:
                World.Named[(accepted.Link, connection.Uid)] = opened;
                break;
            case Confirmed confirmed when _asked.TryGetValue(confirmed.Link.Request, out var mine) && confirmed.Link.Ordinal == 0:
                World.Named[(confirmed.Link, connection.Uid)] = mine;
                if (World.Named.TryGetValue((confirmed.Link, to), out var theirs))
                    mine.Pair(theirs);
                break;
            case LinkGone:
                World.Met(Met.GoneAnswered);
                break;
        }
    }

    public void Tells(AddressUid to, ILetter letter)
    {
        _ = to;
        if (letter is LinkFrame or LinkEnd)
            Sends((ILinkPart)letter, isStraight: false);
    }

    public void Hears(ILetter letter)
    {
        switch (letter)
        {
            case Offer offer when connection.Peer.Holds is null && offer.Host.Connection == connection.Uid && connection.Peer.AwaitsListen:
                World.Met(Met.OfferBeforeGrant);
                break;
            case LinkEnd end when _sent.TryGetValue(end.Link, out var sent) && sent.Ended:
                World.Met(Met.CrossedEnds);
                break;
        }
    }

    public void Breaks(BrokenLink broken)
    {
        World.Met(Met.LinkBrokenOff);
        var ended = _sent.TryGetValue(broken.Link, out var sent) && sent.Ended;
        if (!ended)
            World.Met(Met.StallEndedLink);
        if (World.Named.TryGetValue((broken.Link, broken.Gone), out var mine))
            World.BreakOff(mine, broken.Other.Node, ended);
        if (World.Named.TryGetValue((broken.Link, broken.Other), out var theirs))
            theirs.IsBrokenOff = true;
    }

    private void Sends(ILinkPart part, bool isStraight)
    {
        if (!_sent.TryGetValue(part.Link, out var sent))
            _sent.Add(part.Link, sent = new SentOver());

        if (part is LinkFrame { Data.Length: 0 })
        {
            World.Met(Met.RoomAskedFor);
            return;
        }

        var number = part is LinkFrame frame ? frame.Number : ((LinkEnd)part).Number;
        if (number <= sent.Highest)
            World.Met(part is LinkEnd ? Met.EndRepeated : Met.FrameRepeated);
        else if (part is LinkFrame { More: true })
            World.Met(Met.FrameInPieces);
        sent.Highest = Math.Max(sent.Highest, number);
        if (isStraight && sent.WasRelayed)
            World.Met(Met.WayChanged);
        sent.WasRelayed = !isStraight;
        if (part is LinkEnd)
            Ends(part, sent);
        else if (number == 1)
            Names((LinkFrame)part);
    }

    // The first frame, or its first piece, says which of the peer's links it is.
    private void Names(LinkFrame first)
    {
        var mine = World.Links[BinaryPrimitives.ReadInt32LittleEndian(first.Data.Span[FrameHeader.DataOffset..])];
        World.Named[(first.Link, connection.Uid)] = mine;
        if (World.EndedAgainst.Contains((first.Link, connection.Uid)))
            mine.OtherEnds();
        if (World.Named.TryGetValue((first.Link, first.To), out var theirs))
            mine.Pair(theirs);
    }

    private void Ends(ILinkPart end, SentOver sent)
    {
        sent.Ended = true;
        World.EndedAgainst.Add((end.Link, end.To));
        if (World.Named.TryGetValue((end.Link, end.To), out var theirs))
            theirs.OtherEnds();
    }

    private sealed class SentOver
    {
        public long Highest { get; set; }

        public bool WasRelayed { get; set; }

        public bool Ended { get; set; }
    }
}
