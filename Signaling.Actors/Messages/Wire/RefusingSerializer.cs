using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Stands in the place, and under the id, of Akka's JSON serializer, which builds whatever type the bytes name. This
/// one refuses both ways: no type that is not ours or Akka's own is ever built from bytes.
/// </summary>
public sealed class RefusingSerializer : Serializer
{
    /// <summary>Made by Akka from <c>akka.actor.serializers.json</c>.</summary>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Made by Akka, which looks for this constructor first under the key <c>json</c>.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
        _ = config;
    }

    /// <summary>The id of Akka's JSON serializer.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().Name} has no serializer of its own and may not leave this node.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Bytes of the JSON serializer are not read: their sender names the type to build.");
}
