using System.Runtime.Serialization;
using CsCheck;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Messages;

/// <summary>
/// What arrives is not what was sent: remoting drops a message whose serializer throws a SerializationException; any
/// other exception ends its connection to the other node.
/// </summary>
public sealed class DamagedBytesTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private const int SerializerId = 7301;
    private static readonly Gen<string> AnyManifest = Gen.OneOf(new[] { "rs", "rl", "co", "jo", "dg", "pa", "ba" }.Select(Gen.Const).ToArray());

    [Theory]
    [InlineData("")]
    [InlineData("RS")]
    [InlineData("zz")]
    [InlineData("Signaling.Actors.Messages.Reserve, Signaling.Actors")]
    public void An_unknown_manifest_is_refused(string manifest) => AssertRefused(manifest, []);

    [Theory]
    [InlineData("rs", "no reservation", "0A026161")]
    [InlineData("rs", "a reservation without a connection", "12021005")]
    [InlineData("rl", "nothing", "")]
    [InlineData("co", "no link", "0A026161")]
    [InlineData("co", "a link without an initiator", "12021005")]
    [InlineData("jo", "a link, but no host", "1209 0A070D01000000 1001")]
    [InlineData("dg", "a shard that there is not", "08AC02")]
    [InlineData("dg", "a negative shard", "08FFFFFFFFFFFFFFFFFF01")]
    [InlineData("pa", "no letter", "0D01000000 1002")]
    [InlineData("pa", "a letter of a later version", "7A020801")]
    [InlineData("pa", "cut off", "1A0A0A")]
    [InlineData("pa", "no protobuf", "FFFFFFFF")]
    [InlineData("pa", "a frame without a link", "1A00")]
    [InlineData("pa", "a number that does not end", "10FFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("pa", "a field without a number", "0201 1A00")]
    [InlineData("pa", "a group", "1B1C")]
    [InlineData("pa", "a frame longer than all", "1A7F0A00")]
    [InlineData("pa", "a length below zero", "1AFFFFFFFFFFFFFFFFFF01")]
    [InlineData("ba", "an empty parcel", "0A00")]
    [InlineData("ba", "a parcel that is cut off", "0A0A0D01000000")]
    public void Bytes_that_lack_something_are_refused(string manifest, string what, string hex)
    {
        Assert.NotEmpty(what);
        AssertRefused(manifest, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_bytes_throw_anything_else() =>
        Gen.Select(AnyManifest, Gen.Byte.Array[0, 64]).Sample((manifest, bytes) => ReadOrRefuse(manifest, bytes), iter: 20_000);

    [Fact]
    public void No_damage_to_a_message_throws_anything_else()
    {
        var written = Samples.All.Select(sample => node.Write(sample.Message)).ToArray();

        Gen.Select(Gen.Int[0, written.Length - 1], Gen.Int[0, 1000], Gen.Byte, Gen.Int[0, 1000]).Sample(
            (sample, at, value, length) =>
            {
                var bytes = written[sample].Bytes.ToArray();
                bytes[at % bytes.Length] = value;
                ReadOrRefuse(written[sample].Manifest, bytes[..(length % (bytes.Length + 1))]);
            },
            iter: 20_000);
    }

    private void AssertRefused(string manifest, byte[] bytes) =>
        Assert.Throws<SerializationException>(() => node.Read((bytes, SerializerId, manifest)));

    private void ReadOrRefuse(string manifest, byte[] bytes)
    {
        try
        {
            Assert.IsAssignableFrom<IClusterMessage>(node.Read((bytes, SerializerId, manifest)));
        }
        catch (SerializationException)
        {
            // Refused, as it should be.
        }
    }
}
