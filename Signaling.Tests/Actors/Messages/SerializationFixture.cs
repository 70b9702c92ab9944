using Akka.Actor;
using Akka.Serialization;

namespace Signaling.Tests.Actors.Messages;

/// <summary>The serialization of a node, as remoting and sharding use it.</summary>
public sealed class SerializationFixture : IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystems.StartNode();

    public Serialization Serialization => _system.Serialization;

    public (byte[] Bytes, int SerializerId, string Manifest) Write(object message)
    {
        var serializer = Serialization.FindSerializerFor(message);
        return (Serialization.Serialize(message), serializer.Identifier, Serialization.ManifestFor(serializer, message));
    }

    public object Read((byte[] Bytes, int SerializerId, string Manifest) written) =>
        Serialization.Deserialize(written.Bytes, written.SerializerId, written.Manifest);

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
