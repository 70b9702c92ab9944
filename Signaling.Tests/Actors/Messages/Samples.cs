using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Messages;

/// <summary>One of each message that travels between nodes, and its bytes: the contract with nodes of other versions.</summary>
internal static class Samples
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw";

    // The fields that many of them begin with.
    private const string KeyField = "0A1641414543417751464267634943516F4C4441304F4477";
    private const string ToInitiator = "0DFEFFFFFF10AC02";
    private const string PlaceField = "220C0A0808AC0215FEFFFFFF1004"; // and that some of them end with

    private static readonly ConnectionUid Initiator = new(-2, 300);
    private static readonly ConnectionUid Holder = new(0x01020304, 1);
    private static readonly ReservationName Held = new(Holder, 2);
    private static readonly ReservationName Contender = new(Initiator, 5);
    private static readonly LinkName Link = new(Initiator, 7);
    private static readonly LinkName Joining = new(Initiator, 7, 3);
    private static readonly AddressUid Address = new(9, 10);
    private static readonly Incarnation Earlier = new(300, -2);
    private static readonly Incarnation Later = new(301, 0x01020304);
    private static readonly Standing Alone = new(Key, Held, new Rank(Earlier, 4), Shared: false);
    private static readonly Standing Owned = Alone with { Owner = new Owner(0x0102030405060708, -2) };
    private static readonly Standing Sharing = new(Key, Contender, new Rank(Later, 1), Shared: true);
    private static readonly BrokenLink Broken = new(Joining, Initiator, Holder);

    /// <summary>Each with its bytes in hex.</summary>
    public static IReadOnlyList<(IClusterMessage Message, string Hex)> All { get; } = [.. Requests, .. OfLinks, .. OfReservations, .. OfNodes, .. Bags];

    private static (IClusterMessage Message, string Hex)[] Requests =>
    [
        (new Reserve(Key, Held, Shared: true),
            KeyField + "120B0A070D04030201100110021801"),
        (new Reserve(Key, Held, Shared: false, Takeover.NewestWins, new Owner(0x0102030405060708, -2), MostListeners: 300),
            KeyField + "120B0A070D040302011001100220022A1209080706050403020111FEFFFFFFFFFFFFFF30AC02"),
        (new Release(Key, Held),
            KeyField + "120B0A070D0403020110011002"),
        (new Connect(Key, Link),
            KeyField + "120C0A080DFEFFFFFF10AC021007"),
        (new Join(Key, Joining, Held),
            KeyField + "120E0A080DFEFFFFFF10AC02100718031A0B0A070D0403020110011002"),
        (new Digest(Shard: 299, Holder.Node, Count: 300, Hash: 0x0102030405060708),
            "08AB02150403020118AC02210807060504030201"),
    ];

    private static (IClusterMessage Message, string Hex)[] OfLinks =>
    [
        (InParcel(new LinkFrame(Link, Holder, Initiator, Number: 300, new byte[] { 2, 1, 0, 64, 1, 0, 0, 0, 255 }, More: true)),
            ToInitiator + "1A310A0C0A080DFEFFFFFF10AC02100712070D0403020110011A080DFEFFFFFF10AC0220AC022A090201004001000000FF3001"),
        (InParcel(new LinkEnd(Link, Holder, Initiator, Number: 301)),
            ToInitiator + "22240A0C0A080DFEFFFFFF10AC02100712070D0403020110011A080DFEFFFFFF10AC0220AD02"),
        (InParcel(new LinkAck(Link, Holder, Initiator, Received: 301, Written: 300, Full: true)),
            ToInitiator + "2A290A0C0A080DFEFFFFFF10AC02100712070D0403020110011A080DFEFFFFFF10AC0220AD0228AC023001"),
        (InParcel(new LinkGone(Link, Holder, Initiator)),
            ToInitiator + "32210A0C0A080DFEFFFFFF10AC02100712070D0403020110011A080DFEFFFFFF10AC02"),
        (InParcel(new Offer(Joining, Held, Address)),
            ToInitiator + "3A260A0E0A080DFEFFFFFF10AC0210071803120B0A070D04030201100110021A070D09000000100A"),
        (InParcel(new Accepted(Link, Holder, Address)),
            ToInitiator + "42200A0C0A080DFEFFFFFF10AC02100712070D0403020110011A070D09000000100A"),
        (InParcel(new Confirmed(Link)),
            ToInitiator + "4A0E0A0C0A080DFEFFFFFF10AC021007"),
        (InParcel(new Refused(Joining)),
            ToInitiator + "52100A0E0A080DFEFFFFFF10AC0210071803"),
        (InParcel(new RelayStopped(Link)),
            ToInitiator + "5A0E0A0C0A080DFEFFFFFF10AC021007"),
    ];

    private static (IClusterMessage Message, string Hex)[] OfReservations =>
    [
        (InParcel(new Granted(Sharing, Address, [Held, Contender], Skip: 500, Total: 502)),
            ToInitiator + "A201620A36" + KeyField
            + "120C0A080DFEFFFFFF10AC0210051A0C0A0808AD0215040302011001200112070D09000000100A1A0B0A070D04030201100110021A0C0A080DFEFFFFFF10AC02100520F40328F603"),
        (InParcel(new Denied(Contender)),
            ToInitiator + "AA010E0A0C0A080DFEFFFFFF10AC021005"),
        (InParcel(new Denied(Contender, IsFull: true)),
            ToInitiator + "AA01100A0C0A080DFEFFFFFF10AC0210051001"),
        (InParcel(new Granted(Owned, Address, [], Skip: 0, Total: 0)),
            ToInitiator + "A201520A47" + KeyField
            + "120B0A070D04030201100110021A0C0A0808AC0215FEFFFFFF10042A1209080706050403020111FEFFFFFFFFFFFFFF12070D09000000100A"),
        (InParcel(new Released(Key, Held, Later)),
            ToInitiator + "B2012F" + KeyField + "120B0A070D04030201100110021A0808AD021504030201"),
        (InParcel(new Revoked(Held)),
            ToInitiator + "BA010D0A0B0A070D0403020110011002"),
        (InParcel(new HoldQuestion(Held, Alone.Rank, Contender, Address)),
            ToInitiator + "C201320A0B0A070D0403020110011002120C0A080DFEFFFFFF10AC0210051A070D09000000100A" + PlaceField),
        (InParcel(new HoldQuestion(Held, Alone.Rank, Contender: null, Address)),
            ToInitiator + "C201240A0B0A070D04030201100110021A070D09000000100A" + PlaceField),
        (InParcel(new HoldQuestion(Held, Alone.Rank, Contender, Address, MakesWay: true)),
            ToInitiator + "C201340A0B0A070D0403020110011002120C0A080DFEFFFFFF10AC0210051A070D09000000100A" + PlaceField + "2801"),
        (InParcel(new HoldAnswer(Held, Alone.Rank, Contender, Stands: true)),
            ToInitiator + "CA012B0A0B0A070D0403020110011002120C0A080DFEFFFFFF10AC0210051801" + PlaceField),
        (InParcel(new HoldAnswer(Held, Alone.Rank, Contender: null, Stands: false)),
            ToInitiator + "CA011B0A0B0A070D0403020110011002" + PlaceField),
    ];

    private static (IClusterMessage Message, string Hex)[] OfNodes =>
    [
        (InParcel(new LeaseQuestion(Holder.Node, Number: 300, [-2, 9], Farewell: true)),
            ToInitiator + "C202140D0403020110AC021A08FEFFFFFF090000002001"),
        (InParcel(new LeaseAnswer(Holder.Node, Number: 300, Renewed: true, [9])),
            ToInitiator + "CA02100D0403020110AC021801220409000000"),
        (InParcel(new RollCall(Shard: 299, Later)),
            ToInitiator + "D2020D08AB02120808AD021504030201"),
        (InParcel(new RollAnswer(Holder.Node, Shard: 299, Later, [Alone, Sharing], Skip: 300, Total: 302)),
            ToInitiator + "DA0285010D0403020110AB021A0808AD0215040302012233" + KeyField
            + "120B0A070D04030201100110021A0C0A0808AC0215FEFFFFFF10042236" + KeyField
            + "120C0A080DFEFFFFFF10AC0210051A0C0A0808AD0215040302011001200128AC0230AE02"),
        (InParcel(new RollAnswer(Holder.Node, Shard: 0, Later, [], Skip: 0, Total: 0)),
            ToInitiator + "DA020F0D040302011A0808AD021504030201"),
        (InParcel(new RollRefused(Holder.Node, Shard: 299, Earlier, Later)),
            ToInitiator + "E2021C0D0403020110AB021A0808AC0215FEFFFFFF220808AD021504030201"),
        (InParcel(new BrokenLinks(Initiator.Node, [Broken, Broken with { Link = Link }])),
            ToInitiator + "EA024D0DFEFFFFFF12230A0E0A080DFEFFFFFF10AC021007180312080DFEFFFFFF10AC021A070D040302011001"
            + "12210A0C0A080DFEFFFFFF10AC02100712080DFEFFFFFF10AC021A070D040302011001"),
        (InParcel(new BrokenLinksTold([Broken])),
            ToInitiator + "F202250A230A0E0A080DFEFFFFFF10AC021007180312080DFEFFFFFF10AC021A070D040302011001"),
        (InParcel(new OperatorQuestion(Holder.Node, Number: 300, "trace", new byte[] { 1, 2 })),
            ToInitiator + "E203130D0403020110AC021A05747261636522020102"),
        (InParcel(new OperatorAnswer(Holder.Node, Number: 300, Skip: 3, Total: 5, new byte[] { 1, 2 })),
            ToInitiator + "EA03100D0403020110AC02180320052A020102"),
    ];

    private static (IClusterMessage Message, string Hex)[] Bags =>
    [
        (new Bag([InParcel(new Confirmed(Link)), new Parcel(Holder.Node, Holder.Number, new RelayStopped(Link)), InParcel(new LinkAck(Link, Holder, Initiator, 0, 0, Full: false))]),
            "0A18" + ToInitiator + "4A0E0A0C0A080DFEFFFFFF10AC021007"
            + "0A170D0403020110015A0E0A0C0A080DFEFFFFFF10AC021007"
            + "0A2B" + ToInitiator + "2A210A0C0A080DFEFFFFFF10AC02100712070D0403020110011A080DFEFFFFFF10AC02"),
    ];

    /// <summary>A letter on its way to an actor of another node.</summary>
    public static Parcel InParcel(ILetter letter) => new(Initiator.Node, Initiator.Number, letter);
}
