using CsCheck;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Protocol;

public sealed class FrameHeaderTests
{
    // Half of them have a header that says something, else nearly none would.
    private static readonly Gen<byte[]> AnyMessage = Gen.OneOf(
        Gen.Byte.Array[0, 24],
        Gen.Select(Gen.Byte, Gen.Byte[0, 3], Gen.UShort, Gen.Byte[0, 12], Gen.Byte.Array[0, 24], (type, dataType, id, length, rest) =>
            (byte[])[type, dataType, (byte)id, (byte)(id >> 8), length, 0, 0, 0, .. rest]));

    [Theory]
    [InlineData("nothing at all", "")]
    [InlineData("one byte", "02")]
    [InlineData("a type and a data type", "0200")]
    [InlineData("half an id", "020000")]
    [InlineData("bytes without a length", "02010000")]
    [InlineData("bytes with a part of a length", "02010000 010000")]
    [InlineData("bytes, one missing", "02010000 02000000 00")]
    [InlineData("bytes, four billion missing", "02010000 FFFFFFFF 00")]
    [InlineData("bytes, as many as an int holds", "02010000 FFFFFF7F 00")]
    [InlineData("text without a length", "03020000")]
    [InlineData("text, half a unit missing", "03020000 01000000 61")]
    [InlineData("text, its length times two beyond an int", "03020000 00000040 6100")]
    [InlineData("text, its length times two back at 0", "03020000 00000080 6100")]
    [InlineData("text, the longest length", "03020000 FFFFFFFF 6100")]
    [InlineData("data type 3", "02030000 00000000")]
    [InlineData("data type 255", "02FF0000 00000000")]
    public void What_is_no_message_is_not_read(string what, string hex)
    {
        Assert.False(FrameHeader.TryRead(Bytes(hex), out var header), what);
        Assert.Equal(default, header);
    }

    [Theory]
    [InlineData("a type that doesn't exist", "63000500", 4)]
    [InlineData("bytes behind a message without data", "08000500 0102", 4)]
    [InlineData("bytes behind the data", "02010500 01000000 AA BB", 9)]
    [InlineData("half a unit behind the text", "03020500 01000000 6100 62", 10)]
    public void What_is_odd_but_whole_is_read(string what, string hex, int length)
    {
        Assert.True(FrameHeader.TryRead(Bytes(hex), out var header), what);
        Assert.Equal(length, header.FrameLength);
        Assert.Equal(5, header.Id);
    }

    [Theory]
    [InlineData("02000000", 4)]
    [InlineData("02010000 00000000", 8)]
    [InlineData("02010000 00001000", 8 + (1 << 20))]
    [InlineData("03020000 00001000", 8 + (1 << 21))]
    public void A_message_s_length_is_known_from_its_start(string hex, int expected)
    {
        Assert.True(FrameHeader.TryReadLength(Bytes(hex), out var length));
        Assert.Equal(expected, length);
    }

    [Fact]
    public void No_bytes_make_reading_throw_or_reach_beyond_them() =>
        AnyMessage.Sample(
            message =>
            {
                if (!FrameHeader.TryRead(message, out var header))
                    return;

                Assert.InRange(header.FrameLength, FrameHeader.Length, message.Length);
                Assert.True(FrameHeader.TryReadLength(message, out var length));
                Assert.Equal(header.FrameLength, length);
                if (header.DataType == EventDataType.String)
                    Assert.Equal((length - FrameHeader.DataOffset) / 2, Frame.ReadString(message, header).Length);
            },
            iter: 20_000);

    [Fact]
    public void Another_id_changes_nothing_but_the_id() =>
        Gen.Select(AnyMessage, Gen.Short).Sample(
            (message, id) =>
            {
                if (!FrameHeader.TryRead(message, out var before))
                    return;

                var rewritten = message.ToArray();
                FrameHeader.RewriteId(rewritten, id);

                Assert.True(FrameHeader.TryRead(rewritten, out var after));
                Assert.Equal(before with { Id = id }, after);
                Assert.Equal(message[..2], rewritten[..2]);
                Assert.Equal(message[4..], rewritten[4..]);
            },
            iter: 20_000);

    [Fact]
    public void Reading_and_rewriting_a_header_allocates_nothing()
    {
        var message = Frame.Of(EventType.ReliableMessageReceived, 16384, new byte[100]);
        ReadAndRewrite(message, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAndRewrite(message, 1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadAndRewrite(byte[] message, int times)
    {
        for (var i = 0; i < times; i++)
        {
            FrameHeader.TryReadLength(message, out _);
            if (FrameHeader.TryRead(message, out var header))
                FrameHeader.RewriteId(message, (short)(header.Id + 1));
        }
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
