using CsCheck;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>Whatever comes, and in whatever order: what a peer is told of its address and its links fits together.</summary>
public sealed class AnyOrderTests
{
    private const int Histories = 5_000;
    private static readonly Gen<(int Kind, int Which)[]> Inputs = Gen.Select(Gen.Int[0, 8], Gen.Int[1, 8]).Array[1, 60];

    [Fact]
    public void A_5_ends_a_3_and_gives_its_reservation_back_once() => Inputs.Sample(inputs =>
    {
        var (connection, holds, given) = (new TestConnection(), false, new HashSet<ReservationName>());
        Done[] all = [.. inputs.SelectMany(input => Do(connection, input.Kind % 5, input.Which))];
        foreach (var done in all.Zip(all.Skip(1)))
        {
            if (done.First is Wrote { Frame: "3 -1 \"room\"" })
                Assert.False(holds, "A 3 came while the peer held the address.");
            if (done.First is Wrote { Frame: "5 -1" })
            {
                Assert.True(holds, "A 5 came while the peer held nothing.");
                Assert.True(given.Add(Assert.IsType<GaveBack>(done.Second).Name), "A reservation was given back twice.");
            }

            holds = done.First is Wrote { Frame: "3 -1 \"room\"" } || (holds && done.First is not Wrote { Frame: "5 -1" });
        }
    }, iter: Histories);

    [Fact]
    public void Never_are_more_links_open_than_may_be() => Gen.Select(Inputs, Gen.Int[0, 3]).Sample((inputs, most) =>
    {
        var connection = new TestConnection(rights: new PeerRights { MostLinks = most });
        var open = 0;
        foreach (var done in inputs.SelectMany(input => Do(connection, input.Kind, input.Which)))
        {
            open += done is Wrote wrote ? (wrote.Frame[0] == '6' ? 1 : 0) - (wrote.Frame[0] == '8' ? 1 : 0) : 0;
            Assert.InRange(open, 0, most);
        }
    }, iter: Histories);

    private static Done[] Do(TestConnection connection, int kind, int which) => kind switch
    {
        0 => connection.PeerSends(Peer.Reserve("room")),
        1 => connection.Gets(Grant(which)),
        2 => connection.Gets(new Revoked(Reservation(which))),
        3 => connection.PeerSends(Peer.Release()),
        4 => connection.Gets(new Denied(Reservation(which))),
        5 => connection.PeerSends(Peer.Connect((short)which, "hall")),
        6 => connection.Gets(Acceptance(Link(which))),
        7 => connection.Gets(new Offer(LinkFromOther(which), Reservation(which / 2), Relay), new Confirmed(LinkFromOther(which))),
        _ => connection.PeerSends(Peer.Disconnect((short)(which % 2 == 0 ? which : 16384 + which))),
    };
}
