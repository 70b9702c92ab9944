using System.Buffers;

namespace Signaling.Gateway.WebSockets;

/// <summary>What has come of a message that is not whole. It takes memory for what has come, not for what is announced.</summary>
/// <param name="opcode">What its first frame was.</param>
internal sealed class MessageParts(Opcode opcode)
{
    private const int FirstBuffer = 4 * 1024;
    private byte[] _buffer = [];
    private int _filled;

    /// <summary>Whether it is text or binary.</summary>
    public Opcode Opcode { get; } = opcode;

    /// <summary>How many bytes have come.</summary>
    public long Length { get; private set; }

    /// <summary>Whether what comes is not kept.</summary>
    public bool IsSkipped { get; private set; }

    /// <summary>Keeps nothing of it.</summary>
    public void Skip()
    {
        IsSkipped = true;
        Release();
    }

    /// <summary>Adds what has come next.</summary>
    /// <param name="bytes">Masked.</param>
    /// <param name="mask">The mask of their frame.</param>
    /// <param name="offset">How many bytes of the frame's payload came before.</param>
    public void Add(in ReadOnlySequence<byte> bytes, uint mask, long offset)
    {
        Length += bytes.Length;
        if (IsSkipped)
            return;

        var length = (int)bytes.Length;
        if (_buffer.Length - _filled < length)
            Grow(_filled + length);
        Masking.Unmask(bytes, _buffer.AsSpan(_filled, length), mask, offset);
        _filled += length;
    }

    /// <summary>All of it. It is empty then.</summary>
    public byte[] TakeAll()
    {
        var message = _buffer.AsSpan(0, _filled).ToArray();
        Release();
        return message;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstBuffer, _buffer.Length * 2)));
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        var filled = _filled;
        Release();
        (_buffer, _filled) = (larger, filled);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _filled) = ([], 0);
    }
}
