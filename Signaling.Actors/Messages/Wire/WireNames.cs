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

    public static Incarnation ToWire(this Messages.Incarnation incarnation) =>
        new() { Number = incarnation.Number, Node = incarnation.Node };

    public static Rank ToWire(this Messages.Rank rank) =>
        new() { Incarnation = rank.Incarnation.ToWire(), Grant = rank.Grant };

    public static Standing ToWire(this Messages.Standing standing) => new()
    {
        Key = standing.Key,
        Reservation = standing.Name.ToWire(),
        Rank = standing.Rank.ToWire(),
        Shared = standing.Shared,
        Owner = standing.Owner.ToWire(),
    };

    /// <summary>Null stands for nobody.</summary>
    public static Owner? ToWire(this Messages.Owner owner) =>
        owner == default ? null : new() { High = owner.High, Low = owner.Low };

    public static BrokenLink ToWire(this Messages.BrokenLink broken) =>
        new() { Link = broken.Link.ToWire(), Gone = broken.Gone.ToWire(), Other = broken.Other.ToWire() };

    public static ConnectionUid FromWire(this Connection? uid) =>
        uid is null ? throw Missing("connection") : new(uid.Node, uid.Number);

    public static AddressUid FromWire(this Address? uid) =>
        uid is null ? throw Missing("address") : new(uid.Node, uid.Number);

    public static ReservationName FromWire(this Reservation? name) =>
        name is null ? throw Missing("reservation") : new(name.Connection.FromWire(), name.Request);

    public static LinkName FromWire(this Link? name) =>
        name is null ? throw Missing("link") : new(name.Initiator.FromWire(), name.Request, name.Ordinal);

    public static Messages.Incarnation FromWire(this Incarnation? incarnation) =>
        incarnation is null ? throw Missing("roll call") : new(incarnation.Number, incarnation.Node);

    public static Messages.Standing FromWire(this Standing? standing) => standing is null
        ? throw Missing("reservation")
        : new(standing.Key, standing.Reservation.FromWire(), standing.Rank.FromWire(), standing.Shared, standing.Owner.FromWire());

    public static Messages.Owner FromWire(this Owner? owner) => owner is null ? default : new(owner.High, owner.Low);

    public static Messages.BrokenLink FromWire(this BrokenLink broken) =>
        new(broken.Link.FromWire(), broken.Gone.FromWire(), broken.Other.FromWire());

    /// <summary>A shard by its number, which its receiver may take as an index.</summary>
    public static int ToShard(this int number) => number is >= 0 and < Shards.Count
        ? number
        : throw new SerializationException($"A message between nodes names shard {number}; there are {Shards.Count}.");

    public static Messages.Rank FromWire(this Rank? rank) =>
        rank is null ? throw Missing("rank") : new(rank.Incarnation.FromWire(), rank.Grant);

    public static SerializationException Missing(string what) => new($"A message between nodes lacks the name of its {what}.");
}
