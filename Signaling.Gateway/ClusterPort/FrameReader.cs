using System.Buffers;
using System.Buffers.Binary;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Cuts what comes over a connection into messages: four bytes of length, the lowest first, then so many bytes.</summary>
internal static class FrameReader
{
    /// <summary>How long the length is.</summary>
    public const int Header = sizeof(int);

    /// <summary>Takes the next message from the start of a buffer.</summary>
    /// <param name="buffer">What has come; what is left of it when this returns.</param>
    /// <param name="most">The longest message that is allowed.</param>
    /// <param name="message">The message, inside the buffer.</param>
    /// <returns>Whether all of one has come.</returns>
    /// <exception cref="InvalidDataException">The length is none that a node writes.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int most, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < Header)
            return false;

        Span<byte> header = stackalloc byte[Header];
        buffer.Slice(0, Header).CopyTo(header);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > most)
            throw new InvalidDataException($"it has announced a message of {(uint)length} bytes, and {most} are the most");
        if (buffer.Length - Header < length)
            return false;

        message = buffer.Slice(Header, length);
        buffer = buffer.Slice(Header + length);
        return true;
    }
}
