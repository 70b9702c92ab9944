using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Signaling.Gateway.WebSockets;

/// <summary>The head of a peer's WebSocket frame: RFC 6455, section 5.2.</summary>
/// <param name="Opcode">What the frame is.</param>
/// <param name="IsFinal">Whether it ends its message.</param>
/// <param name="Length">Bytes of its payload.</param>
/// <param name="Mask">What its payload is masked with, as four bytes in memory.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHead(Opcode Opcode, bool IsFinal, long Length, uint Mask)
{
    /// <summary>Most bytes that a head of a peer's frame has.</summary>
    public const int MaxSize = 14;

    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;
    private const int MostOfControl = 125;

    /// <summary>Whether it is no part of a message, and may stand between two.</summary>
    public bool IsControl => (byte)Opcode >= 8;

    /// <summary>Reads the head that bytes begin with.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="head">The head.</param>
    /// <param name="size">How many bytes it takes; 0: they are not all there.</param>
    /// <returns>What no peer may send; null: nothing.</returns>
    public static string? Read(in ReadOnlySequence<byte> bytes, out FrameHead head, out int size)
    {
        if (bytes.FirstSpan.Length >= MaxSize)
            return Read(bytes.FirstSpan, out head, out size);

        Span<byte> first = stackalloc byte[(int)Math.Min(bytes.Length, MaxSize)];
        bytes.Slice(0, first.Length).CopyTo(first);
        return Read(first, out head, out size);
    }

    /// <summary>Writes the head of a whole message of the server, or of a control frame. They are not masked.</summary>
    /// <param name="to">At least <see cref="MaxSize"/> bytes.</param>
    /// <param name="opcode">What the frame is.</param>
    /// <param name="length">Bytes of its payload.</param>
    /// <returns>How many bytes it takes.</returns>
    public static int Write(Span<byte> to, Opcode opcode, int length)
    {
        to[0] = (byte)(Final | (byte)opcode);
        switch (length)
        {
            case <= 125:
                to[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                to[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)length);
                return 4;
            default:
                to[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)length);
                return 10;
        }
    }

    private static string? Read(ReadOnlySpan<byte> bytes, out FrameHead head, out int size)
    {
        (head, size) = (default, 0);
        if (bytes.Length < 2)
            return null;

        var opcode = (Opcode)(bytes[0] & 0x0F);
        var isFinal = (bytes[0] & Final) != 0;
        var length = (long)(bytes[1] & 0x7F);
        if ((bytes[0] & Reserved) != 0)
            return "Reserved bits are set";
        if (opcode is not (Opcode.Continuation or Opcode.Text or Opcode.Binary or Opcode.Close or Opcode.Ping or Opcode.Pong))
            return "Unknown opcode";
        if ((byte)opcode >= 8 && (!isFinal || length > MostOfControl))
            return "Control frame in parts or too long";
        if ((bytes[1] & Masked) == 0)
            return "Not masked";

        var extended = length switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < 2 + extended + 4)
            return null;

        if (extended == 2)
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        else if (extended == 8)
            length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (length < 0)
            return "Length beyond 63 bits";

        size = 2 + extended + 4;
        head = new FrameHead(opcode, isFinal, length, MemoryMarshal.Read<uint>(bytes[(2 + extended)..]));
        return null;
    }
}
