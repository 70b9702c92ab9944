using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Messages;

/// <summary>One of each message that travels between nodes, and its bytes: the contract with nodes of other versions.</summary>
internal static class Samples
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw";

    // The fields that many of them begin with.
    private const string KeyField = "0A1641414543417751464267634943516F4C4441304F4477";
    private const string ToInitiator = "0DFEFFFFFF10AC02";

    private static readonly ConnectionUid Initiator = new(-2, 300);
    private static readonly ConnectionUid Holder = new(0x01020304, 1);
    private static readonly ReservationName Held = new(Holder, 2);
    private static readonly ReservationName Contender = new(Initiator, 5);
    private static readonly LinkName Link = new(Initiator, 7);
    private static readonly LinkName Joining = new(Initiator, 7, 3);
    private static readonly AddressUid Address = new(9, 10);

    /// <summary>Each with its bytes in hex.</summary>
    public static IReadOnlyList<(IClusterMessage Message, string Hex)> All { get; } =
    [
        (new Reserve(Key, Held, Shared: true),
            KeyField + "120B0A070D04030201100110021801"),
        (new Release(Key, Held),
            KeyField + "120B0A070D0403020110011002"),
        (new Connect(Key, Link),
            KeyField + "120C0A080DFEFFFFFF10AC021007"),
        (new Join(Key, Joining, Held),
            KeyField + "120E0A080DFEFFFFFF10AC02100718031A0B0A070D0403020110011002"),
        (InParcel(new Granted(Key, Contender, [Held, Contender], Skip: 500, Total: 502)),
            ToInitiator + "1A47" + KeyField + "120C0A080DFEFFFFFF10AC0210051A0B0A070D04030201100110021A0C0A080DFEFFFFFF10AC02100520F40328F603"),
        (InParcel(new Denied(Contender)),
            ToInitiator + "220E0A0C0A080DFEFFFFFF10AC021005"),
        (InParcel(new HoldQuestion(Held, Contender, Address)),
            ToInitiator + "2A240A0B0A070D0403020110011002120C0A080DFEFFFFFF10AC0210051A070D09000000100A"),
        (InParcel(new HoldAnswer(Held, Contender, Stands: true)),
            ToInitiator + "321D0A0B0A070D0403020110011002120C0A080DFEFFFFFF10AC0210051801"),
        (InParcel(new Offer(Joining, Held, Address)),
            ToInitiator + "3A260A0E0A080DFEFFFFFF10AC0210071803120B0A070D04030201100110021A070D09000000100A"),
        (InParcel(new Accepted(Link, Holder, Address)),
            ToInitiator + "42200A0C0A080DFEFFFFFF10AC02100712070D0403020110011A070D09000000100A"),
        (InParcel(new Confirmed(Link)),
            ToInitiator + "4A0E0A0C0A080DFEFFFFFF10AC021007"),
        (InParcel(new Refused(Joining)),
            ToInitiator + "52100A0E0A080DFEFFFFFF10AC0210071803"),
        (InParcel(new LinkFrame(Link, Holder, new byte[] { 2, 1, 0, 64, 1, 0, 0, 0, 255 }, More: true)),
            ToInitiator + "5A240A0C0A080DFEFFFFFF10AC02100712070D0403020110011A090201004001000000FF2001"),
        (InParcel(new LinkEnd(Link, Holder)),
            ToInitiator + "62170A0C0A080DFEFFFFFF10AC02100712070D040302011001"),
    ];

    /// <summary>A letter on its way to an actor of another node.</summary>
    public static Parcel InParcel(ILetter letter) => new(Initiator.Node, Initiator.Number, letter);
}
