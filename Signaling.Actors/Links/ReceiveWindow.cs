using Signaling.Actors.Messages;

namespace Signaling.Actors.Links;

/// <summary>
/// What one end of a link takes of what the other sends: each number once, in order, as long as there is room for what
/// waits for the peer's socket.
/// </summary>
/// <param name="room">Shared by all links of the connection that receives.</param>
public sealed class ReceiveWindow(Budget room)
{
    /// <summary>So many bytes written are told at once, so that the sender does not wait.</summary>
    public const int PromptBytes = SendWindow.Size / 4;

    private readonly FramePieces _pieces = new();
    private long _taken; // of the budget, by a frame whose pieces have not all come
    private long _untold;

    /// <summary>All up to this number have been taken.</summary>
    public long Received { get; private set; }

    /// <summary>All up to this number have been written to the peer's socket.</summary>
    public long Written { get; private set; }

    /// <summary>Whether something was dropped for want of room.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Takes a frame or a piece of one.</summary>
    /// <param name="part">What has come.</param>
    /// <param name="frame">The frame, when whole.</param>
    /// <returns>Whether a frame is whole.</returns>
    public bool TryTake(LinkFrame part, out Memory<byte> frame)
    {
        frame = default;
        if (part.Number != Received + 1)
            return false;

        if (!_pieces.HasBegun)
        {
            var length = FramePieces.LengthOf(part.Data);
            if (!room.Fits(length))
            {
                IsFull = true;
                return false;
            }

            room.Take(length);
            _taken = length;
        }

        IsFull = false;
        Received = part.Number;
        var whole = _pieces.TryComplete(part.Data, part.More, out frame);
        if (part.More)
            return false;

        if (!whole)
            room.Return(_taken); // damaged
        _taken = 0;
        return whole;
    }

    /// <summary>Takes the end of what the other end sends.</summary>
    /// <returns>Whether it was its turn.</returns>
    public bool TryTake(LinkEnd end)
    {
        if (end.Number != Received + 1)
            return false;

        Received = end.Number;
        return true;
    }

    /// <summary>A frame has been written to the peer's socket.</summary>
    /// <param name="number">The number of its last piece.</param>
    /// <param name="bytes">Its length.</param>
    /// <returns>Whether that should be told at once.</returns>
    public bool Wrote(long number, int bytes)
    {
        Written = number;
        _untold += bytes;
        return _untold >= PromptBytes;
    }

    /// <summary>The sender is told.</summary>
    public void Told() => _untold = 0;

    /// <summary>There is room again for what was dropped.</summary>
    public void Reopen() => IsFull = false;

    /// <summary>The link is over: a frame whose pieces have not all come never will be.</summary>
    public void Close()
    {
        room.Return(_taken);
        _taken = 0;
    }
}
