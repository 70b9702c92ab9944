using System.Buffers.Binary;

namespace Signaling.Tests.Gateway.WebSockets;

/// <summary>Frames as clients send them, right or wrong.</summary>
internal static class ClientFrame
{
    private static readonly byte[] Mask = [0x12, 0x34, 0x56, 0x78];

    public static byte[] Of(byte opcode, ReadOnlySpan<byte> payload, bool isFinal = true, byte reserved = 0, bool isMasked = true)
    {
        var head = new byte[payload.Length switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 }];
        head[0] = (byte)((isFinal ? 0x80 : 0) | reserved | opcode);
        head[1] = (byte)(isMasked ? 0x80 : 0);
        switch (head.Length)
        {
            case 2:
                head[1] |= (byte)payload.Length;
                break;
            case 4:
                head[1] |= 126;
                BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)payload.Length);
                break;
            default:
                head[1] |= 127;
                BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), (ulong)payload.Length);
                break;
        }

        var masked = payload.ToArray();
        for (var i = 0; isMasked && i < masked.Length; i++)
            masked[i] ^= Mask[i % 4];
        return [.. head, .. isMasked ? Mask : [], .. masked];
    }
}
