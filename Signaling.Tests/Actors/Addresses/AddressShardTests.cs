using Akka.Actor;
using Akka.TestKit;
using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>Addresses under a shard, and how requests find them.</summary>
public sealed class AddressShardTests : ActorTest
{
    private static readonly string Room = AddressKey.Of("/app", "room");
    private static readonly string Hall = AddressKey.Of("/app", "hall");
    private static readonly ConnectionUid Alice = new(1, 1000);
    private readonly TestProbe _post;
    private readonly IActorRef _region;

    public AddressShardTests()
    {
        _post = CreateTestProbe();
        var post = new ProbedPost(_post) { WhenNodeIsTold = GiveRoll };
        _region = Sys.ActorOf(Props.Create(() => new TestShard(post, new TestLease())));
    }

    [Fact]
    public void Each_key_has_an_address_of_its_own()
    {
        _region.Tell(new Reserve(Room, new ReservationName(Alice, 1), Shared: false));
        _region.Tell(new Reserve(Hall, new ReservationName(Alice, 2), Shared: false));

        var granters = new[] { NextLetter(), NextLetter() };
        Assert.Contains(granters, letter => letter.Contains(Room, StringComparison.Ordinal));
        Assert.Contains(granters, letter => letter.Contains(Hall, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reservation_stands_however_its_request_and_the_end_of_an_empty_address_meet()
    {
        ReservationName first = new(Alice, 1), second = new(Alice, 2), third = new(Alice with { Number = 1001 }, 1);
        for (var i = 0; i < 200; i++)
        {
            var key = AddressKey.Of("/app", $"room {i}");
            _region.Tell(new Reserve(key, first, Shared: false));
            _region.Tell(new Release(key, first));
            _region.Tell(new Reserve(key, second, Shared: false));
            Assert.StartsWith(nameof(Granted), NextLetter(), StringComparison.Ordinal);
            Assert.StartsWith(nameof(Released), NextLetter(), StringComparison.Ordinal);
            Assert.StartsWith(nameof(Granted), NextLetter(), StringComparison.Ordinal);

            _region.Tell(new Reserve(key, third, Shared: false));
            Assert.StartsWith(nameof(HoldQuestion), NextLetter(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_found_by_its_key_alone(object request)
    {
        var extractor = new AddressExtractor();

        Assert.Equal(Room, extractor.EntityId(request));
        Assert.Equal(Shards.Of(Room), int.Parse(extractor.ShardId(Room, request)));
        Assert.Equal(Shards.Of(Room), int.Parse(extractor.ShardId(Room)));
    }

    [Fact]
    public void A_digest_finds_its_shard()
    {
        var digest = new Digest(Shard: 17, Node: 1, Count: 0, Hash: 0);

        Assert.Equal("17", new AddressExtractor().ShardId(new AddressExtractor().EntityId(digest)!));
    }

    [Fact]
    public void Nothing_but_requests_is_for_an_address() =>
        Assert.Null(new AddressExtractor().EntityId(new Denied(new ReservationName(Alice, 1))));

    public static TheoryData<object> Requests() =>
    [
        new Reserve(Room, new ReservationName(Alice, 1), Shared: false),
        new Release(Room, new ReservationName(Alice, 1)),
        new Connect(Room, new LinkName(Alice, 1)),
        new Join(Room, new LinkName(Alice, 1), new ReservationName(Alice, 1)),
    ];

    private static void GiveRoll(object message, IActorRef sender)
    {
        if (message is AddressStarted)
            sender.Tell(new Roll(new Incarnation(1, 1), []));
    }

    private string NextLetter() => _post.FishForMessage<Posted>(_ => true).Letter;
}
