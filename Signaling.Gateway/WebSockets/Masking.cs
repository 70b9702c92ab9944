using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Signaling.Gateway.WebSockets;

/// <summary>Takes the mask off a peer's bytes: RFC 6455, section 5.3.</summary>
internal static class Masking
{
    /// <summary>Copies masked bytes, without their mask.</summary>
    /// <param name="from">A frame's payload, or the next part of it.</param>
    /// <param name="to">As long as that.</param>
    /// <param name="mask">The frame's mask, as four bytes in memory.</param>
    /// <param name="offset">How many bytes of the payload came before.</param>
    public static void Unmask(in ReadOnlySequence<byte> from, Span<byte> to, uint mask, long offset)
    {
        if (from.IsSingleSegment)
        {
            Unmask(from.FirstSpan, to, Turned(mask, offset));
            return;
        }

        foreach (var segment in from)
        {
            Unmask(segment.Span, to, Turned(mask, offset));
            to = to[segment.Length..];
            offset += segment.Length;
        }
    }

    private static uint Turned(uint mask, long offset)
    {
        var bits = 8 * (int)(offset & 3);
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(mask, bits) : BitOperations.RotateLeft(mask, bits);
    }

    private static void Unmask(ReadOnlySpan<byte> from, Span<byte> to, uint mask)
    {
        var done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(mask));
            for (; done <= from.Length - Vector<byte>.Count; done += Vector<byte>.Count)
                (new Vector<byte>(from[done..]) ^ wide).CopyTo(to[done..]);
        }

        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in mask));
        for (; done < from.Length; done++)
            to[done] = (byte)(from[done] ^ bytes[done & 3]);
    }
}
