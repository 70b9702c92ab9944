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
        _region = Sys.ActorOf(Props.Create(() => new TestShard(new ProbedPost(_post))));
    }

    [Fact]
    public void Each_key_has_an_address_of_its_own()
    {
        _region.Tell(new Reserve(Room, new ReservationName(Alice, 1), Shared: false));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Room, new ReservationName(Alice, 1), [], 0, 0));
        _region.Tell(new Reserve(Hall, new ReservationName(Alice, 2), Shared: false));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Hall, new ReservationName(Alice, 2), [], 0, 0));
    }

    [Fact]
    public void A_reservation_stands_however_its_request_and_the_end_of_an_empty_address_meet()
    {
        ReservationName first = new(Alice, 1), second = new(Alice, 2), third = new(Alice, 3);
        for (var i = 0; i < 200; i++)
        {
            var key = AddressKey.Of("/app", $"room {i}");
            _region.Tell(new Reserve(key, first, Shared: false));
            _region.Tell(new Release(key, first));
            _region.Tell(new Reserve(key, second, Shared: false));
            ExpectForAlice(new Granted(key, first, [], 0, 0));
            ExpectForAlice(new Granted(key, second, [], 0, 0));

            _region.Tell(new Reserve(key, third, Shared: false));
            var question = _post.FishForMessage<Posted>(posted => posted.Number == Alice.Number);
            Assert.StartsWith(nameof(HoldQuestion), question.Letter, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_found_by_its_key_alone(object request)
    {
        var extractor = new AddressExtractor();

        Assert.Equal(Room, extractor.EntityId(request));
        Assert.Equal(extractor.ShardId(Room, request), extractor.ShardId(Room));
        Assert.InRange(int.Parse(extractor.ShardId(Room)), 0, Shards.Count - 1);
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

    private void ExpectForAlice(ILetter letter) =>
        Assert.Equal(MessageText.Of(letter), _post.FishForMessage<Posted>(posted => posted.Number == Alice.Number).Letter);
}
