using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>What a node answers in the place of a connection that is gone.</summary>
public sealed class NodeStateTests : INodeEffects
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw";
    private static readonly AddressUid Address = new(3, 30);
    private static readonly ReservationName Held = new(new ConnectionUid(1, 10), 1);
    private static readonly ReservationName Contender = new(new ConnectionUid(2, 20), 4);
    private static readonly LinkName Link = new(new ConnectionUid(2, 20), 5);
    private readonly List<object> _done = [];

    [Fact]
    public void A_grant_is_given_back() =>
        AssertAnswer(new Granted(Key, Held, [], 0, 0), new Release(Key, Held));

    [Fact]
    public void A_holder_that_is_gone_holds_nothing() =>
        AssertAnswer(new HoldQuestion(Held, Contender, Address), new Told(Address, new HoldAnswer(Held, Contender, Stands: false)));

    [Fact]
    public void An_offer_is_refused() =>
        AssertAnswer(new Offer(Link, Held, Address), new Told(Address, new Refused(Link)));

    [Fact]
    public void An_acceptance_ends_its_link() =>
        AssertAnswer(
            new Accepted(Link, Held.Connection, Address),
            new Told(Address, new LinkEnd(Link, Link.Initiator)));

    [Fact]
    public void Nobody_waits_for_an_answer_to_anything_else()
    {
        ILetter[] letters =
        [
            new Denied(Held),
            new HoldAnswer(Held, Contender, Stands: true),
            new Confirmed(Link),
            new Refused(Link),
            new LinkFrame(Link, Link.Initiator, new byte[4], More: false),
            new LinkEnd(Link, Held.Connection),
        ];

        Assert.All(letters, letter => AssertAnswer(letter));
    }

    void INodeEffects.Request(IAddressRequest request) => _done.Add(request);

    void INodeEffects.Tell(AddressUid to, ILetter letter) => _done.Add(new Told(to, letter));

    private void AssertAnswer(ILetter letter, params object[] answer)
    {
        new NodeState(this).Answer(new Undeliverable(letter));

        Assert.Equal(answer, _done);
    }

    private sealed record Told(AddressUid To, ILetter Letter);
}
