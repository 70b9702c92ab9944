using System.Buffers.Binary;
using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Links;

/// <summary>
/// One direction of a link, over a channel that loses, doubles and reorders what the test wants. It fails when the receiver
/// gets anything but a gapless prefix of what was sent.
/// </summary>
/// <param name="sent">Of the connection that sends.</param>
/// <param name="room">Of the connection that receives.</param>
internal sealed class LossyLink(Budget sent, Budget room)
{
    private static readonly LinkName Name = new(new ConnectionUid(1, 10), 1);
    private static readonly ConnectionUid From = new(1, 10);
    private static readonly ConnectionUid To = new(2, 20);
    private readonly SendWindow _out = new(sent);
    private readonly ReceiveWindow _in = new(room);
    private readonly Queue<(long Number, int Length)> _socket = new();
    private int _framesSent;
    private int _framesTaken;
    private bool _endSent;
    private bool _endTaken;

    /// <summary>What is on its way to the receiver.</summary>
    public List<ILinkPart> Parts { get; } = [];

    /// <summary>What is on its way back.</summary>
    public List<LinkAck> Acks { get; } = [];

    public long Unwritten => _out.Bytes;

    public bool AllHasArrived => _framesTaken == _framesSent && _endTaken == _endSent && !_out.IsOutstanding && _out.Bytes == 0;

    public bool TrySend(int length, long now)
    {
        if (_endSent || !_out.HasRoomFor(length) || !sent.Fits(length))
            return false;

        var frame = FrameOf(_framesSent++, length).AsMemory();
        while (frame.Length > 0)
        {
            var piece = frame[..FramePieces.NextLength(frame.Length)];
            frame = frame[piece.Length..];
            Add(new LinkFrame(Name, From, To, _out.Next, piece, More: frame.Length > 0), piece.Length, now);
        }

        return true;
    }

    public void End(long now)
    {
        if (!_endSent)
            Add(new LinkEnd(Name, From, To, _out.Next), length: 0, now);
        _endSent = true;
    }

    public void Deliver(ILinkPart part)
    {
        if (part is LinkEnd end)
        {
            if (_in.TryTake(end))
                _endTaken = true;
        }
        else if (part is LinkFrame piece && _in.TryTake(piece, out var frame))
        {
            Assert.Equal(_framesTaken, BinaryPrimitives.ReadInt32LittleEndian(frame.Span[FrameHeader.DataOffset..]));
            Assert.True(FrameHeader.TryRead(frame.Span, out var header));
            Assert.Equal(frame.Length, header.FrameLength);
            _framesTaken++;
            _socket.Enqueue((piece.Number, frame.Length));
        }

        Assert.False(_endTaken && _framesTaken < _framesSent, "the end has overtaken a frame");
    }

    public void Tell() => Acks.Add(new LinkAck(Name, To, From, _in.Received, _in.Written, _in.IsFull));

    public void Deliver(LinkAck ack, long now) => Parts.AddRange(_out.Take(ack, now, out _));

    /// <summary>The receiver's socket writes so many frames, if it has them.</summary>
    /// <returns>Whether it had one.</returns>
    public bool Write(int count)
    {
        var had = _socket.Count > 0;
        for (; count > 0 && _socket.TryDequeue(out var written); count--)
        {
            room.Return(written.Length);
            _in.Wrote(written.Number, written.Length);
        }

        if (room.Used <= Budget.Limit / 2)
            _in.Reopen();
        return had;
    }

    /// <summary>Time has passed, and the sender waits for room.</summary>
    public void Tick(long now)
    {
        if (now >= _out.Due)
            Parts.AddRange(_out.Tick(now, out _));
        if (_out.TryAsk(now))
            Parts.Add(new LinkFrame(Name, From, To, _out.Next - 1, Memory<byte>.Empty, More: false));
    }

    private static byte[] FrameOf(int number, int length)
    {
        var frame = Frame.Of(EventType.ReliableMessageReceived, 5, new byte[length - FrameHeader.DataOffset]);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(FrameHeader.DataOffset), number);
        return frame;
    }

    private void Add(ILinkPart part, int length, long now)
    {
        if (_out.Add(part, length, now))
            Parts.Add(part);
    }
}
