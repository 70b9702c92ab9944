using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>What a node answers in the place of those who are gone.</summary>
public sealed class GoneTests
{
    private const int Earlier = 77; // a process that was here before
    private static readonly AddressUid Address = new(3, 30);
    private static readonly ConnectionUid Here = new(TestNode.Self, 10);
    private static readonly ConnectionUid There = new(2, 20);
    private static readonly LinkName Link = new(There, 5);
    private static readonly Standing Standing = Some.Standing(TestNode.Self, 10);
    private readonly TestNode _node = TestNode.Among(2, 3);

    [Fact]
    public void Frames_and_ends_for_a_connection_break_their_link()
    {
        var gone = new ToConnection(There, new LinkGone(Link, Here, There));

        AssertAnswer(Here.Node, Here.Number, new LinkFrame(Link, There, Here, 1, new byte[4], More: false), gone);
        AssertAnswer(Here.Node, Here.Number, new LinkEnd(Link, There, Here, 2), gone);
    }

    [Fact]
    public void Frames_and_ends_for_an_address_come_again_another_way()
    {
        var stopped = new ToConnection(There, new RelayStopped(Link));

        AssertAnswer(Here.Node, 99, new LinkFrame(Link, There, Here, 1, new byte[4], More: false), stopped);
        AssertAnswer(Here.Node, 99, new LinkEnd(Link, There, Here, 2), stopped);
    }

    [Fact]
    public void An_acceptance_is_told_that_its_link_is_gone() => AssertAnswer(
        There.Node, There.Number, new Accepted(Link, Here, Address), new ToConnection(Here, new LinkGone(Link, There, Here)));

    [Fact]
    public void An_offer_is_refused() =>
        AssertAnswer(Here.Node, Here.Number, new Offer(Link, Standing.Name, Address), new ToAddress(Address, new Refused(Link)));

    [Fact]
    public void A_grant_to_an_earlier_process_does_not_stand() => AssertAnswer(
        Earlier,
        Parcel.NodeNumber,
        Some.Granted(Standing),
        new ToAddress(Some.Granted(Standing).Granter, new HoldAnswer(Standing.Name, Standing.Rank, null, Stands: false)));

    [Fact]
    public void A_holder_in_an_earlier_process_holds_nothing() => AssertAnswer(
        Earlier,
        Parcel.NodeNumber,
        new HoldQuestion(Standing.Name, Standing.Rank, Some.Name(2, 20), Address),
        new ToAddress(Address, new HoldAnswer(Standing.Name, Standing.Rank, Some.Name(2, 20), Stands: false)));

    [Fact]
    public void A_confirmation_of_an_acceptance_by_who_is_gone_is_told_that_the_link_is_gone() => AssertAnswer(
        Here.Node, Here.Number, new Confirmed(Link), new ToConnection(Link.Initiator, new LinkGone(Link, Here, Link.Initiator)));

    [Fact]
    public void Nobody_waits_for_an_answer_to_anything_else()
    {
        ILetter[] letters =
        [
            new Denied(Standing.Name),
            new Released(Some.Key, Standing.Name, new Incarnation(9, 9)),
            new Revoked(Standing.Name),
            new HoldAnswer(Standing.Name, Standing.Rank, null, Stands: true),
            new Refused(Link),
            new LinkAck(Link, There, Here, 1, 1, Full: false),
            new LinkGone(Link, There, Here),
            new RollCall(Some.Shard, new Incarnation(9, 9)),
            new LeaseQuestion(2, 1, [], Farewell: false),
            new BrokenLinks(2, []),
        ];

        Assert.All(letters, letter => AssertAnswer(Earlier, Here.Number, letter));
        _node.Receive(new RollCall(Some.Shard, new Incarnation(1, 2)));
        Assert.Single(_node.TakeLetters<RollAnswer>()); // nothing was promised
    }

    private void AssertAnswer(int node, long number, ILetter letter, params object[] answer)
    {
        _node.State.Receive(new Undeliverable(node, number, letter), _node.Now);

        Assert.Equal(answer, _node.Take<object>());
    }
}
