using Signaling.Actors.Links;

namespace Signaling.Actors.Connections;

/// <summary>
/// What goes to the peer's socket, in order, and what it was: when the socket has written a frame, its link's other end
/// may send more.
/// </summary>
/// <param name="effects">Where the socket is.</param>
/// <param name="room">What waits for the socket, of all links.</param>
internal sealed class PeerWriter(IConnectionEffects effects, Budget room)
{
    private Queue<Waiting>? _waiting; // of links alone
    private long _handed;

    /// <summary>Says something of the server's own to the peer.</summary>
    public void Write(byte[] message)
    {
        _handed++;
        effects.Write(message);
    }

    /// <summary>Hands on a frame of a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="number">The number of the frame's last piece.</param>
    /// <param name="frame">The frame.</param>
    public void Write(Link link, long number, ReadOnlyMemory<byte> frame)
    {
        (_waiting ??= new()).Enqueue(new Waiting(++_handed, link, number, frame.Length));
        effects.Write(frame);
    }

    /// <summary>The next frame of a link among those that the socket has written.</summary>
    /// <param name="total">How many messages it has written since it was opened.</param>
    /// <param name="link">The frame's link.</param>
    /// <param name="prompt">Whether the other end is to be told at once.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTakeWritten(long total, out Link link, out bool prompt)
    {
        if (_waiting is null || !_waiting.TryPeek(out var written) || written.Message > total)
        {
            (link, prompt) = (null!, false);
            return false;
        }

        _waiting.Dequeue();
        room.Return(written.Bytes);
        link = written.Link;
        prompt = link.In.Wrote(written.Number, written.Bytes);
        return true;
    }

    private readonly record struct Waiting(long Message, Link Link, long Number, int Bytes);
}
