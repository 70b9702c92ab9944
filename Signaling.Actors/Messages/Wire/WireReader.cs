using System.Buffers.Binary;
using System.Runtime.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Reads protocol buffers field by field. Whatever the bytes are, it throws a <see cref="SerializationException"/> or nothing.</summary>
/// <param name="bytes">One message.</param>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int LongestVarint = 10;
    private const int TypeBits = 3;
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one. Its value is to be read or skipped.</returns>
    public bool TryRead(out int tag)
    {
        tag = 0;
        if (_left.IsEmpty)
            return false;

        var read = Varint();
        if (read is <= 0 or > uint.MaxValue || read >> TypeBits == 0)
            throw Damaged();
        tag = (int)read;
        return true;
    }

    public long Int() => Varint();

    public int Fixed32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Bytes, or a message within the message.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Varint());

    /// <summary>Passes over a field that this version does not know.</summary>
    public void Skip(int tag)
    {
        switch (tag & ((1 << TypeBits) - 1))
        {
            case WireTags.Varint:
                Varint();
                break;
            case WireTags.Fixed64:
                Take(sizeof(long));
                break;
            case WireTags.Length:
                Bytes();
                break;
            case WireTags.Fixed32:
                Take(sizeof(int));
                break;
            default:
                throw Damaged();
        }
    }

    private long Varint()
    {
        var value = 0UL;
        for (var i = 0; i < LongestVarint && i < _left.Length; i++)
        {
            value |= (ulong)(_left[i] & 0x7F) << (7 * i);
            if (_left[i] < 0x80)
            {
                _left = _left[(i + 1)..];
                return (long)value;
            }
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _left.Length)
            throw Damaged();

        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }

    private static SerializationException Damaged() => new("A message between nodes is damaged.");
}
