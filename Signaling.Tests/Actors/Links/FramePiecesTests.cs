using CsCheck;
using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class FramePiecesTests
{
    private readonly FramePieces _pieces = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(LinkFrame.MaxData - FrameHeader.DataOffset, 1)]
    [InlineData(LinkFrame.MaxData - FrameHeader.DataOffset + 1, 2)]
    [InlineData((2 * LinkFrame.MaxData) - FrameHeader.DataOffset, 2)]
    [InlineData((2 * LinkFrame.MaxData) - FrameHeader.DataOffset + 1, 3)]
    public void A_frame_is_cut_only_where_it_must_be(int data, int pieces) => Assert.Equal(pieces, Cut(FrameOf(data)).Length);

    [Fact]
    public void A_frame_in_one_piece_is_passed_on_as_it_is()
    {
        var frame = FrameOf(100);
        var piece = Assert.Single(Cut(frame));

        Assert.True(_pieces.TryComplete(piece, more: false, out var whole));
        Assert.True(whole.Span == frame.AsSpan(), "copied");
    }

    [Fact]
    public void A_frame_cut_and_put_together_is_the_same_frame() =>
        Gen.Int[0, 200 * 1024].Array[1, 4].Sample(
            lengths =>
            {
                var pieces = new FramePieces();
                foreach (var frame in lengths.Select(FrameOf))
                {
                    var cut = Cut(frame);
                    Assert.All(cut, piece => Assert.InRange(piece.Length, 1, LinkFrame.MaxData));
                    Assert.Equal(frame.Length, FramePieces.LengthOf(cut[0]));
                    Assert.All(cut[..^1], piece => Assert.False(pieces.TryComplete(piece, more: true, out _)));
                    Assert.Equal(cut.Length > 1, pieces.HasBegun);
                    Assert.True(pieces.TryComplete(cut[^1], more: false, out var whole));
                    Assert.True(whole.Span.SequenceEqual(frame));
                    Assert.False(pieces.HasBegun);
                }
            },
            iter: 50);

    [Theory]
    [InlineData("too short for a header", 3, "")]
    [InlineData("longer than it says", 41, "")]
    [InlineData("shorter than it says", 39, "")]
    [InlineData("a piece too long", 30, "11")]
    [InlineData("a piece too short", 30, "9")]
    [InlineData("one piece too many", 30, "10+ 1")]
    [InlineData("many pieces too many", 30, "10+ 40+ 40+ 40+ 40")]
    [InlineData("a piece that overflows, and more", 30, "100+ 8+ 40")]
    [InlineData("a first piece without a header, and more", 3, "40+ 40")]
    [InlineData("a last piece that is empty", 30, "0")]
    public void A_damaged_frame_gives_nothing_and_harms_no_later_one(string what, int first, string rest)
    {
        var frame = FrameOf(32);
        var later = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.False(_pieces.TryComplete(Resized(frame, first), more: later.Length > 0, out _), what);
        foreach (var piece in later)
        {
            // Its bytes would themselves make a frame.
            var length = int.Parse(piece.TrimEnd('+'));
            Assert.False(_pieces.TryComplete(Resized(frame, length), more: piece.EndsWith('+'), out _), what);
        }

        Assert.True(_pieces.TryComplete(frame, more: false, out var whole), what);
        Assert.True(whole.Span.SequenceEqual(frame), what);
    }

    [Fact]
    public void No_pieces_make_putting_together_throw() =>
        Gen.Select(Gen.Byte[0, 3], Gen.Byte[0, 40], Gen.Int[0, 60], Gen.Bool).Array[1, 12].Sample(
            sent =>
            {
                var pieces = new FramePieces();
                foreach (var (dataType, says, length, more) in sent)
                {
                    byte[] start = [2, dataType, 0, 0, says, 0, 0, 0];
                    if (!pieces.TryComplete(Resized(start, length), more, out var whole))
                        continue;

                    Assert.True(FrameHeader.TryRead(whole.Span, out var header));
                    Assert.Equal(whole.Length, header.FrameLength);
                }
            },
            iter: 20_000);

    private static Memory<byte>[] Cut(Memory<byte> frame)
    {
        var pieces = new List<Memory<byte>>();
        for (var left = frame; left.Length > 0; left = left[pieces[^1].Length..])
            pieces.Add(left[..FramePieces.NextLength(left.Length)]);
        return [.. pieces];
    }

    private static byte[] FrameOf(int length)
    {
        var data = new byte[length];
        for (var i = 0; i < length; i++)
            data[i] = (byte)(i * 7);
        return Frame.Of(EventType.ReliableMessageReceived, 16384, data);
    }

    private static byte[] Resized(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
