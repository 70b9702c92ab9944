using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What who runs the service is told of a peer.</summary>
public sealed class StepTests
{
    private static readonly PeerStep Listening = new(StepKind.Listening, StepReason.Asked, Self, RoomKey);
    private TestConnection _connection = new();

    [Fact]
    public void An_address_is_held_and_given_back()
    {
        _connection.Holding();
        _connection.PeerSends(Peer.Release());

        Assert.Equal([Listening, Listening with { Kind = StepKind.ListenEnded }], _connection.Steps);
    }

    [Fact]
    public void An_address_is_not_got_for_a_reason()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Gets(new Denied(Reservation(1)));
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Gets(new Denied(Reservation(2), IsFull: true));
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Passes(ConnectionState.RequestTimeout);
        _connection.PeerSends(Peer.Reserve(new string('a', 257)));

        Assert.All(_connection.Steps, step => Assert.Equal(StepKind.ListenFailed, step.Kind));
        Assert.Equal([StepReason.Taken, StepReason.Full, StepReason.NoAnswer, StepReason.TooLong], Reasons());
    }

    [Fact]
    public void An_address_is_lost_for_a_reason()
    {
        _connection.Holding();
        _connection.Gets(new Revoked(Reservation(1)));
        _connection.Holding(2);
        _connection.PeerSends(Peer.Reserve("hall"));
        _connection.Gets(new Denied(Reservation(3)));
        _connection.Holding(4);
        _connection.PeerCloses();

        Assert.Equal(
            [StepReason.TakenOver, StepReason.AskedForAnother, StepReason.PeerLeft],
            _connection.Steps.Where(step => step.Kind == StepKind.ListenEnded).Select(step => step.Reason));
        Assert.Equal(new PeerStep(StepKind.Left, StepReason.PeerLeft, Self), _connection.Steps[^1]);
    }

    [Fact]
    public void A_link_is_not_got_for_a_reason()
    {
        _connection.PeerSends(Peer.Connect(1, "room"));
        _connection.Gets(new Refused(Link(1)));
        _connection.PeerSends(Peer.Connect(1, "room"));
        _connection.Passes(ConnectionState.RequestTimeout);

        Assert.All(_connection.Steps, step => Assert.Equal((StepKind.ConnectFailed, RoomKey), (step.Kind, step.Key)));
        Assert.Equal([StepReason.NobodyThere, StepReason.NoAnswer], Reasons());
    }

    [Fact]
    public void What_a_token_and_a_limit_forbid_is_told()
    {
        _connection = new TestConnection(rights: new PeerRights { MayListen = false, MayConnect = false });
        _connection.PeerSends(Peer.Reserve("room"), Peer.Connect(1, "room"));
        Assert.Equal([StepReason.NoRight, StepReason.NoRight], Reasons());

        _connection = new TestConnection(mostLinks: 1).ConnectedAs(5, request: 1);
        _connection.PeerSends(Peer.Connect(6, "room"));
        Assert.Equal(StepReason.TooManyLinks, _connection.Steps[^1].Reason);
    }

    [Fact]
    public void What_is_denied_is_answered_in_its_turn_and_asked_of_nobody()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.PeerIsDenied(Peer.Connect(5, "hall")));
        Assert.Equal([new Wrote("3 -1 \"room\""), new Counted(Refusal.NotAdmitted), new Wrote("7 5")], _connection.Gets(Grant(1)));
        Assert.Equal(
            [new Counted(Refusal.NotAdmitted), new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(1)), new Wrote("4 -1 \"hall\"")],
            _connection.PeerIsDenied(Peer.Reserve("hall")));
        Assert.Equal(3, _connection.Consumed.Count);
        Assert.Equal([StepReason.NotAdmitted, StepReason.AskedForAnother, StepReason.NotAdmitted], Reasons().Skip(1));
    }

    [Fact]
    public void A_link_has_an_address_another_end_and_what_went_over_it()
    {
        _connection.Holding().WithGuest(5);
        _connection.PeerSends(Peer.Send(16384, 1, 2, 3), Peer.Send(16384));
        _connection.Gets(Over.FrameFromOther(LinkFromOther(5), 1, Peer.Send(0, 9)));
        _connection.PeerSends(Peer.Disconnect(16384));

        var (opened, closed) = (_connection.Steps[1], _connection.Steps[2]);
        Assert.Equal(new PeerStep(StepKind.LinkOpened, StepReason.Asked, Self, RoomKey, LinkFromOther(5), Other), opened);
        Assert.Equal(opened with { Kind = StepKind.LinkClosed }, closed with { Traffic = null });
        Assert.Equal(new Count(2, Peer.Send(0, 1, 2, 3).Length + Peer.Send(0).Length), closed.Traffic!.SentReliable);
        Assert.Equal(new Count(1, Peer.Send(0, 9).Length), closed.Traffic.ReceivedReliable);
        Assert.Equal(default, closed.Traffic.SentUnreliable);
    }

    [Fact]
    public void A_link_is_closed_for_a_reason_and_told_once()
    {
        _connection.ConnectedAs(1, request: 1).ConnectedAs(2, request: 2).ConnectedAs(3, request: 3).ConnectedAs(4, request: 4);
        _connection.Gets(Over.EndFromOther(Link(1), 1), Over.GoneFromOther(Link(2)));
        _connection.PeerSends(Peer.Disconnect(3));
        _connection.Removes(Other.Node);

        var closed = _connection.Steps.Where(step => step.Kind == StepKind.LinkClosed).ToArray();
        Assert.Equal([Link(1), Link(2), Link(3), Link(4)], closed.Select(step => step.Link!.Value));
        Assert.Equal([StepReason.OtherLeft, StepReason.OtherGone, StepReason.Asked, StepReason.NodeLost], closed.Select(step => step.Reason));
    }

    private IEnumerable<StepReason> Reasons() => _connection.Steps.Select(step => step.Reason).ToArray();
}
