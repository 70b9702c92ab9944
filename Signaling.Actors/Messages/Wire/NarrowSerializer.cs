using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Akka.Util;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Stands before one of Akka's serializers, under its id, and lets through, both ways, what nodes say to each other: not what ends
/// actors, what makes them, or what has an exception in it, whose type the bytes name.
/// </summary>
public sealed class NarrowSerializer : SerializerWithStringManifest
{
    private readonly Serializer _akkas;
    private readonly Dictionary<string, Type> _allowed;

    /// <param name="system">The actor system that the serializer belongs to.</param>
    /// <param name="akkas">Akka's serializer.</param>
    /// <param name="allowed">The types that it still reads and writes.</param>
    public NarrowSerializer(ExtendedActorSystem system, Serializer akkas, params (string Manifest, Type Type)[] allowed)
        : base(system)
    {
        _akkas = akkas;
        _allowed = allowed.ToDictionary(one => one.Manifest, one => one.Type, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override int Identifier => _akkas.Identifier;

    /// <summary>How a type is called by those of Akka's serializers that have no manifests of their own.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static (string Manifest, Type Type) ByName<T>() => (typeof(T).TypeQualifiedName(), typeof(T));

    /// <inheritdoc/>
    public override string Manifest(object o) => _allowed.FirstOrDefault(one => one.Value == o.GetType()).Key
        ?? throw new SerializationException($"{o.GetType().Name} may not leave this node.");

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        _ = Manifest(obj);
        return _akkas.ToBinary(obj);
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!_allowed.TryGetValue(manifest ?? "", out var type)) // Akka has null for none
            throw new SerializationException($"Bytes of serializer {Identifier} under this manifest are not read: no node writes them.");

        return _akkas is SerializerWithStringManifest named ? named.FromBinary(bytes, manifest) : _akkas.FromBinary(bytes, type);
    }
}
