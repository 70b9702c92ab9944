using System.Runtime.InteropServices;
using CsCheck;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Protocol;

public sealed class FrameTests
{
    private static readonly Gen<string> AnyUnits = Gen.UShort.Array[0, 300].Select(units => new string(MemoryMarshal.Cast<ushort, char>(units)));

    [Theory]
    [MemberData(nameof(GoldenFrames.All), MemberType = typeof(GoldenFrames))]
    public void A_message_is_written_byte_for_byte(GoldenFrame golden)
    {
        var written = golden.Data switch
        {
            null => Frame.Of(golden.Type, golden.Id),
            string text => Frame.Of(golden.Type, golden.Id, text),
            var data => Frame.Of(golden.Type, golden.Id, (byte[])data),
        };

        Assert.Equal(Convert.ToHexString(golden.Bytes), Convert.ToHexString(written));
    }

    [Theory]
    [MemberData(nameof(GoldenFrames.All), MemberType = typeof(GoldenFrames))]
    public void A_message_is_read_as_it_was_meant(GoldenFrame golden)
    {
        Assert.True(FrameHeader.TryRead(golden.Bytes, out var header));

        Assert.Equal(golden.Type, header.Type);
        Assert.Equal(golden.Id, header.Id);
        Assert.Equal(golden.Bytes.Length, header.FrameLength);
        Assert.Equal(golden.Data, DataOf(golden.Bytes, header));
    }

    [Fact]
    public void The_messages_without_a_header_are_written_byte_for_byte()
    {
        Assert.Equal([201, 2], Frame.Version());
        Assert.Equal([202], Frame.Heartbeat());
    }

    // By their units: an attribute's text is kept as UTF-8, which has no lone surrogates.
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDFFF, 0xD800)]
    [InlineData(0)]
    [InlineData(0x61, 0, 0x62)]
    [InlineData(0xFFFD, 0xFEFF, 0xFFFF)]
    public void Text_that_is_no_valid_Unicode_stays_what_it_is(params int[] units) =>
        AssertSurvives(new string([.. units.Select(unit => (char)unit)]));

    [Fact]
    public void Any_text_reads_back_as_written() => AnyUnits.Sample(AssertSurvives);

    [Fact]
    public void Any_bytes_read_back_as_written() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Short).Sample((bytes, id) =>
        {
            var frame = Frame.Of(EventType.ReliableMessageReceived, id, bytes);

            Assert.True(FrameHeader.TryRead(frame, out var header));
            Assert.Equal(new FrameHeader(EventType.ReliableMessageReceived, EventDataType.Bytes, id, frame.Length), header);
            Assert.Equal(bytes, DataOf(frame, header));
        });

    [Fact]
    public void What_stands_behind_a_text_is_not_part_of_it()
    {
        byte[] message = [.. Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "room"), 1, 2, 3];

        Assert.True(FrameHeader.TryRead(message, out var header));
        Assert.Equal("room", Frame.ReadString(message, header));
    }

    private static void AssertSurvives(string text)
    {
        var frame = Frame.Of(EventType.NewConnection, 7, text);

        Assert.True(FrameHeader.TryRead(frame, out var header));
        Assert.Equal(frame.Length, header.FrameLength);
        Assert.Equal(text, Frame.ReadString(frame, header), StringComparer.Ordinal);
    }

    private static object? DataOf(byte[] message, FrameHeader header) => header.DataType switch
    {
        EventDataType.String => Frame.ReadString(message, header),
        EventDataType.Bytes => message[FrameHeader.DataOffset..header.FrameLength],
        _ => null,
    };
}
