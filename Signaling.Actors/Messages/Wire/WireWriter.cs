using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Writes protocol buffers from their end to their start, so that the length of a part is known when it is to be written: by
/// generated classes it would be counted again for each message around it. Fields go in from the last to the first.
/// </summary>
/// <param name="buffer">Where to. It has to have room for all.</param>
internal ref struct WireWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _start = buffer.Length;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[_start..];

    public void Int(int tag, long value)
    {
        if (value == 0)
            return; // as protocol buffers have it: what is not there is 0

        Varint((ulong)value);
        Varint((ulong)tag);
    }

    public void Fixed32(int tag, int value)
    {
        if (value == 0)
            return;

        _start -= sizeof(int);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_start..], value);
        Varint((ulong)tag);
    }

    public void Bytes(int tag, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;

        _start -= value.Length;
        value.CopyTo(_buffer[_start..]);
        Varint((ulong)value.Length);
        Varint((ulong)tag);
    }

    /// <summary>Writes the fields of a message that has a class.</summary>
    public void Fields(IMessage message)
    {
        var size = message.CalculateSize();
        _start -= size;
        message.WriteTo(_buffer.Slice(_start, size));
    }

    /// <summary>Makes what was written since a message within the message.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="end">The <see cref="Written"/> length before its fields were.</param>
    public void Message(int tag, int end)
    {
        Varint((ulong)(Written.Length - end));
        Varint((ulong)tag);
    }

    private void Varint(ulong value)
    {
        _start -= (BitOperations.Log2(value | 1) / 7) + 1;
        var at = _start;
        for (; value > 0x7F; value >>= 7)
            _buffer[at++] = (byte)(value | 0x80);
        _buffer[at] = (byte)value;
    }
}
