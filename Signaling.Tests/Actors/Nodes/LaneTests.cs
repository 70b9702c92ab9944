using Akka.TestKit;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

public sealed class LaneTests : ActorTest
{
    private const int There = 2;
    private static readonly LinkName Link = new(new ConnectionUid(1, 2), 3);
    private readonly TestProbe _there;
    private readonly Lane _lane;

    public LaneTests()
    {
        _there = CreateTestProbe();
        _lane = new Lane(_there, takesBags: true);
    }

    [Fact]
    public void Letters_of_one_chain_travel_together()
    {
        var parcels = Parcels(20);

        Chain.Begin(_ => parcels.ForEach(_lane.Add), state: 0);

        Assert.Equal(parcels, _there.ExpectMsg<Bag>().Parcels);
        ExpectNothing(_there);
    }

    [Fact]
    public void A_letter_outside_of_a_chain_waits_for_no_other()
    {
        var parcel = Parcels(1)[0];

        _lane.Add(parcel);

        Assert.Equal([parcel], _there.ExpectMsg<Bag>().Parcels);
    }

    [Fact]
    public void A_bag_is_never_too_heavy()
    {
        var parcels = Enumerable.Range(0, 100).Select(i => new Parcel(There, i, Frame(i * 317 % (LinkFrame.MaxData + 1)))).ToList();

        Chain.Begin(_ => parcels.ForEach(_lane.Add), state: 0);

        var arrived = new List<Parcel>();
        while (arrived.Count < parcels.Count)
        {
            var bag = _there.ExpectMsg<Bag>();
            Assert.InRange(bag.Parcels.Sum(parcel => parcel.MostBytes), 1, Bag.MaxBytes);
            arrived.AddRange(bag.Parcels);
        }

        Assert.Equal(parcels, arrived);
    }

    [Fact]
    public void A_node_that_does_not_take_bags_gets_each_letter_by_itself()
    {
        var parcels = Parcels(20);
        var lane = new Lane(_there, takesBags: false);

        Chain.Begin(_ => parcels.ForEach(lane.Add), state: 0);

        foreach (var parcel in parcels)
            _there.ExpectMsg(parcel);
    }

    [Fact]
    public void What_a_thread_sends_keeps_its_order_while_others_send_too()
    {
        const int Threads = 4;
        const int Each = 5_000;
        Parallel.For(0, Threads, thread =>
        {
            for (var i = 0; i < Each; i += 5)
                Chain.Begin(
                    first =>
                    {
                        for (var j = first; j < first + 5; j++)
                            _lane.Add(new Parcel(There, thread, new Confirmed(Link with { Ordinal = j })));
                    },
                    i);
        });

        var next = new int[Threads];
        while (next.Sum() < Threads * Each)
        {
            foreach (var parcel in _there.ExpectMsg<Bag>().Parcels)
                Assert.Equal(next[parcel.Number]++, ((Confirmed)parcel.Letter).Link.Ordinal);
        }

        ExpectNothing(_there);
    }

    private static LinkFrame Frame(int length) => new(Link, Link.Initiator, Link.Initiator, 1, new byte[length], More: false);

    private static List<Parcel> Parcels(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Parcel(There, i, new Confirmed(Link with { Ordinal = i })))];
}
