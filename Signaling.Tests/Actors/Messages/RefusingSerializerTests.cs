using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Messages;

public sealed class RefusingSerializerTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private const int JsonSerializerId = 1;
    private static readonly string BaitName = $"{typeof(Bait).FullName}, Signaling.Tests";
    private static readonly byte[] BaitBytes = Encoding.UTF8.GetBytes($$"""{"$type":"{{BaitName}}"}""");

    [Fact]
    public async Task No_type_that_bytes_name_is_built()
    {
        Bait.Built = false;

        Assert.Throws<SerializationException>(() => node.Serialization.Deserialize(BaitBytes, JsonSerializerId, ""));
        Assert.Throws<SerializationException>(() => node.Serialization.Deserialize(BaitBytes, JsonSerializerId, BaitName));
        Assert.Throws<SerializationException>(() => node.Serialization.Deserialize(BaitBytes, JsonSerializerId, typeof(Bait)));
        Assert.False(Bait.Built);

        // The bait is good: the serializer that would stand here otherwise builds it.
        using var other = ActorSystem.Create("other");
        other.Serialization.Deserialize(BaitBytes, JsonSerializerId, "");
        Assert.True(Bait.Built);
        await other.Terminate();
    }

    [Fact]
    public void A_type_without_a_serializer_is_not_sent() =>
        Assert.Throws<SerializationException>(() => node.Write(new Bait()));

    [Fact]
    public void A_local_message_is_not_sent() =>
        Assert.Throws<SerializationException>(() => node.Write(new NodeLost(1)));

    public sealed class Bait
    {
        public Bait() => Built = true;

        public static bool Built { get; set; }
    }
}
