using System.Buffers.Binary;

namespace Signaling.Tests.Compatibility;

/// <summary>The frames of RFC 6455, as much of them as a client needs.</summary>
internal static class WebSocketFrame
{
    private static readonly byte[] Mask = [0x5a, 0xc3, 0x3c, 0xa5];

    /// <summary>Reads a frame of a server's, which is not masked.</summary>
    public static async Task<(bool Final, int Opcode, byte[] Payload)> Read(Stream stream, CancellationToken leaving)
    {
        var head = new byte[8];
        await stream.ReadExactlyAsync(head.AsMemory(0, 2), leaving);
        var (final, opcode, length) = (head[0] >= 0x80, head[0] & 0x0f, (long)head[1]);
        if (length == 126)
        {
            await stream.ReadExactlyAsync(head.AsMemory(0, 2), leaving);
            length = BinaryPrimitives.ReadUInt16BigEndian(head);
        }
        else if (length == 127)
        {
            await stream.ReadExactlyAsync(head, leaving);
            length = BinaryPrimitives.ReadInt64BigEndian(head);
        }

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, leaving);
        return (final, opcode, payload);
    }

    /// <summary>A message as a client sends it, in one frame or several.</summary>
    public static IEnumerable<byte> Of(Message message, int fragments)
    {
        if (message.Kind == MessageKind.Raw)
            return message.Payload;

        var opcode = message.Kind switch
        {
            MessageKind.Text => 1,
            MessageKind.Close => 8,
            MessageKind.Ping => 9,
            MessageKind.Pong => 10,
            _ => 2,
        };
        var size = Math.Max(1, (message.Payload.Length + fragments - 1) / fragments);
        return Enumerable.Range(0, fragments).SelectMany(i => Masked(
            (byte)((i == 0 ? opcode : 0) | (i == fragments - 1 ? 0x80 : 0)),
            [.. message.Payload.Skip(i * size).Take(size)]));
    }

    private static byte[] Masked(byte first, byte[] payload)
    {
        Span<byte> length = stackalloc byte[9];
        if (payload.Length <= 125)
        {
            length = length[..1];
            length[0] = (byte)payload.Length;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            length = length[..3];
            length[0] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(length[1..], (ushort)payload.Length);
        }
        else
        {
            length[0] = 127;
            BinaryPrimitives.WriteInt64BigEndian(length[1..], payload.Length);
        }

        length[0] |= 0x80;
        return [first, .. length, .. Mask, .. payload.Select((b, i) => (byte)(b ^ Mask[i % Mask.Length]))];
    }
}
