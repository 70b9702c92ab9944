using CsCheck;
using Google.Protobuf;
using Signaling.Actors.Messages;
using Xunit;
using Wire = Signaling.Actors.Messages.Wire;

namespace Signaling.Tests.Actors.Messages;

/// <summary>Frames and acknowledgements, which are written and read without generated classes, have the bytes that those give them.</summary>
public sealed class FrequentLetterTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long, Gen.Long[0, 300], Gen.Const(0L), Gen.Const(-1L));
    private static readonly Gen<int> Small = Number.Select(number => (int)number);
    private static readonly Gen<ConnectionUid> Connection = Gen.Select(Small, Number, (node, number) => new ConnectionUid(node, number));
    private static readonly Gen<LinkName> Link = Gen.Select(Connection, Number, Small, (initiator, request, ordinal) => new LinkName(initiator, request, ordinal));

    private static readonly Gen<ILetter> Frame = Gen.Select(
        Link, Connection, Connection, Number, Gen.Byte.Array[0, 300], Gen.Bool,
        (link, from, to, number, data, more) => (ILetter)new LinkFrame(link, from, to, number, data, more));

    private static readonly Gen<ILetter> Ack = Gen.Select(
        Link, Connection, Connection, Number, Number, Gen.Bool,
        (link, from, to, received, written, full) => (ILetter)new LinkAck(link, from, to, received, written, full));

    private static readonly Gen<Parcel> InParcel = Gen.Select(
        Small, Number, Gen.OneOf(Frame, Ack), (node, number, letter) => new Parcel(node, number, letter));

    [Fact]
    public void They_have_the_bytes_of_the_generated_classes_and_arrive_as_they_were_sent() => InParcel.Array[0, 20].Sample(parcels =>
    {
        var written = node.Write(new Bag(parcels));

        Assert.Equal(Wire.Bag.Parser.ParseFrom(written.Bytes).ToByteArray(), written.Bytes);
        Assert.Equal(MessageText.Of(new Bag(parcels)), MessageText.Of(node.Read(written)));
    });

    [Fact]
    public void Fields_of_a_later_version_are_passed_over() => InParcel.Sample(parcel =>
    {
        var (bytes, id, manifest) = node.Write(parcel);
        byte[] later = [.. bytes, .. Later()];

        Assert.Equal(MessageText.Of(parcel), MessageText.Of(node.Read((later, id, manifest))));
    });

    [Fact]
    public void What_arrives_is_the_receiver_s_alone()
    {
        var frame = new LinkFrame(default, default, default, 1, new byte[] { 1, 2, 3, 4 }, More: false);
        var written = node.Write(new Bag([Samples.InParcel(frame), Samples.InParcel(frame)]));
        var read = (Bag)node.Read(written);

        ((LinkFrame)read.Parcels[0].Letter).Data.Span.Fill(9);

        Assert.Equal(frame.Data.ToArray(), ((LinkFrame)read.Parcels[1].Letter).Data.ToArray());
        Assert.Equal(MessageText.Of(Samples.InParcel(frame)), MessageText.Of(((Bag)node.Read(written)).Parcels[0]));
    }

    // A field of each type with a number that no version knows.
    private static byte[] Later()
    {
        var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            output.WriteTag(900, WireFormat.WireType.Varint);
            output.WriteInt64(-1);
            output.WriteTag(901, WireFormat.WireType.Fixed64);
            output.WriteFixed64(1);
            output.WriteTag(902, WireFormat.WireType.LengthDelimited);
            output.WriteString("later");
            output.WriteTag(903, WireFormat.WireType.Fixed32);
            output.WriteFixed32(1);
        }

        return stream.ToArray();
    }
}
