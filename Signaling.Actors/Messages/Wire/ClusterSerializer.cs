using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Writes and reads what travels between nodes: the kinds of <c>signaling.proto</c>, each under its manifest.
/// </summary>
/// <param name="system">The actor system that the serializer belongs to.</param>
public sealed class ClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string ReserveManifest = "rs";
    private const string ReleaseManifest = "rl";
    private const string ConnectManifest = "co";
    private const string JoinManifest = "jo";
    private const string DigestManifest = "dg";
    private const string ParcelManifest = "pa";
    private const string BagManifest = "ba";

    /// <inheritdoc/>
    public override int Identifier => 7301;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Messages.Bag => BagManifest,
        Messages.Parcel => ParcelManifest,
        Messages.Reserve => ReserveManifest,
        Messages.Release => ReleaseManifest,
        Messages.Connect => ConnectManifest,
        Messages.Join => JoinManifest,
        Messages.Digest => DigestManifest,
        _ => throw Unknown(o),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        Messages.Bag m => ParcelWire.Write(m),
        Messages.Parcel m => ParcelWire.Write(m),
        Messages.Reserve m => RequestWire.Write(m).ToByteArray(),
        Messages.Release m => new Release { Key = m.Key, Reservation = m.Reservation.ToWire() }.ToByteArray(),
        Messages.Connect m => new Connect { Key = m.Key, Link = m.Link.ToWire() }.ToByteArray(),
        Messages.Join m => new Join { Key = m.Key, Link = m.Link.ToWire(), Host = m.Host.ToWire() }.ToByteArray(),
        Messages.Digest m => new Digest { Shard = m.Shard, Node = m.Node, Count = m.Count, Hash = m.Hash }.ToByteArray(),
        _ => throw Unknown(obj),
    };

    /// <inheritdoc/>
    /// <exception cref="SerializationException">
    /// The manifest is unknown or the bytes are not what it says. Remoting drops such a message and goes on; any
    /// other exception would end its connection to the other node.
    /// </exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                BagManifest => ParcelWire.ReadBag(bytes),
                ParcelManifest => ParcelWire.Read(bytes),
                ReserveManifest => RequestWire.Read(Reserve.Parser.ParseFrom(bytes)),
                ReleaseManifest => Read(Release.Parser.ParseFrom(bytes)),
                ConnectManifest => Read(Connect.Parser.ParseFrom(bytes)),
                JoinManifest => Read(Join.Parser.ParseFrom(bytes)),
                DigestManifest => Read(Digest.Parser.ParseFrom(bytes)),
                _ => throw new SerializationException(
                    $"Manifest '{manifest}' is unknown to this version. Is a node of a much newer version a member?"),
            };
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SerializationException($"Bytes under manifest '{manifest}' are damaged.", e);
        }
    }

    private static Messages.Release Read(Release m) => new(m.Key, m.Reservation.FromWire());

    private static Messages.Connect Read(Connect m) => new(m.Key, m.Link.FromWire());

    private static Messages.Join Read(Join m) => new(m.Key, m.Link.FromWire(), m.Host.FromWire());

    private static Messages.Digest Read(Digest m) => new(m.Shard.ToShard(), m.Node, m.Count, m.Hash);

    private static SerializationException Unknown(object o) =>
        new($"{o.GetType().Name} does not travel between nodes on its own.");
}
