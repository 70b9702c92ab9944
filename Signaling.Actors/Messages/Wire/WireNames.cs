using System.Runtime.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Names as they travel between nodes.</summary>
internal static class WireNames
{
    public static Connection ToWire(this ConnectionUid uid) => new() { Node = uid.Node, Number = uid.Number };

    public static Address ToWire(this AddressUid uid) => new() { Node = uid.Node, Number = uid.Number };

    public static Reservation ToWire(this ReservationName name) =>
        new() { Connection = name.Connection.ToWire(), Request = name.Request };

    public static Link ToWire(this LinkName name) =>
        new() { Initiator = name.Initiator.ToWire(), Request = name.Request, Ordinal = name.Ordinal };

    public static ConnectionUid FromWire(this Connection? uid) =>
        uid is null ? throw Missing("connection") : new(uid.Node, uid.Number);

    public static AddressUid FromWire(this Address? uid) =>
        uid is null ? throw Missing("address") : new(uid.Node, uid.Number);

    public static ReservationName FromWire(this Reservation? name) =>
        name is null ? throw Missing("reservation") : new(name.Connection.FromWire(), name.Request);

    public static LinkName FromWire(this Link? name) =>
        name is null ? throw Missing("link") : new(name.Initiator.FromWire(), name.Request, name.Ordinal);

    private static SerializationException Missing(string what) => new($"A message between nodes lacks the name of its {what}.");
}
