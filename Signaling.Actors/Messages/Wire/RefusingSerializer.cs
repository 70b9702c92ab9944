using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Stands in the place, and under the id, of one of Akka's serializers that nodes do not need: one that builds whatever type the
/// bytes name, above all. It refuses both ways, and does not even look for a type of that name.
/// </summary>
/// <param name="system">The actor system that the serializer belongs to.</param>
/// <param name="identifier">The id of Akka's.</param>
public sealed class RefusingSerializer(ExtendedActorSystem system, int identifier) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier { get; } = identifier;

    /// <inheritdoc/>
    public override string Manifest(object o) => throw Unsendable(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw Unsendable(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException($"Bytes of serializer {Identifier} are not read: no node writes them.");

    private static SerializationException Unsendable(object o) =>
        new($"{o.GetType().Name} has no serializer of its own and may not leave this node.");
}
