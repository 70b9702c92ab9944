using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Links;

/// <summary>
/// Puts a frame that travelled in pieces together again. A frame in one piece, nearly every one, is passed on as it is.
/// </summary>
public sealed class FramePieces
{
    private byte[]? _frame;
    private int _filled;
    private bool _damaged;

    /// <summary>Whether a frame has begun to come and is not yet whole.</summary>
    public bool HasBegun => _frame is not null || _damaged;

    /// <summary>How long the frame is that begins with a piece, in bytes.</summary>
    public static int LengthOf(Memory<byte> first) => FrameHeader.TryReadLength(first.Span, out var length) ? length : first.Length;

    /// <summary>Takes the next piece.</summary>
    /// <param name="piece">A whole frame, or a piece of one; the first piece holds at least the frame's header.</param>
    /// <param name="more">Whether more pieces of the same frame follow.</param>
    /// <param name="frame">The frame, when whole.</param>
    /// <returns>
    /// Whether the frame is whole. Pieces that don't make up the frame they belong to make none, up to its last one.
    /// </returns>
    public bool TryComplete(Memory<byte> piece, bool more, out Memory<byte> frame)
    {
        frame = default;
        if (!more && _frame is null && !_damaged)
        {
            frame = piece;
            return FrameHeader.TryReadLength(piece.Span, out var length) && piece.Length == length;
        }

        _damaged = _damaged || !TryAdd(piece);
        if (more)
            return false;

        var whole = !_damaged && _filled == _frame!.Length;
        if (whole)
            frame = _frame;
        (_frame, _filled, _damaged) = (null, 0, false);
        return whole;
    }

    private bool TryAdd(Memory<byte> piece)
    {
        if (_frame is null)
        {
            if (!FrameHeader.TryReadLength(piece.Span, out var length))
                return false;

            _frame = new byte[length];
        }

        if (piece.Length > _frame.Length - _filled)
            return false;

        piece.CopyTo(_frame.AsMemory(_filled));
        _filled += piece.Length;
        return true;
    }

    /// <summary>How many bytes of a frame travel in its next piece.</summary>
    /// <param name="left">How many bytes of it are left.</param>
    public static int NextLength(int left) => Math.Min(left, LinkFrame.MaxData);
}
