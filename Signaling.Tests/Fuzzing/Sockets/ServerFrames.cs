using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>Reads what a server has sent to a peer.</summary>
internal static class ServerFrames
{
    private const int Binary = 2;
    private const int Close = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    /// <summary>Throws where it is not as it must be.</summary>
    /// <param name="bytes">All of it. It may be cut off.</param>
    /// <param name="peer">What the peer has sent.</param>
    /// <param name="isPlain">Whether only that decides how the socket is closed.</param>
    public static void Check(byte[] bytes, PlainParser peer, bool isPlain)
    {
        byte[]? close = null;
        foreach (var (opcode, payload) in Read(bytes))
        {
            FuzzException.Unless(close is null, "Something follows the close frame.");
            FuzzException.Unless(opcode is Binary or Close or Ping or Pong, $"The server sends a frame of opcode {opcode}.");
            if (opcode == Pong)
                FuzzException.Unless(peer.Pings.Exists(ping => ping.AsSpan().SequenceEqual(payload)), "A pong answers no ping.");
            if (opcode == Close)
                close = payload;
        }

        if (!isPlain || peer.Status is not { } status)
            return;

        FuzzException.Unless(close is not null, $"The peer is not told {status}.");
        var told = close!.Length < 2 ? WebSocketCloseStatus.Empty : (WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(close);
        FuzzException.Unless(told == status, $"The peer is told {told}, not {status}.");
    }

    /// <summary>Whether there is a close frame.</summary>
    public static bool HasClose(byte[] bytes) => Read(bytes).Any(frame => frame.Opcode == Close);

    private static IEnumerable<(int Opcode, byte[] Payload)> Read(byte[] bytes)
    {
        for (var at = 0; bytes.Length - at >= 2;)
        {
            FuzzException.Unless((bytes[at] & 0xF0) == 0x80 && bytes[at + 1] < 0x80, "A server's frame is whole, without extensions and not masked.");
            var (extended, length) = bytes[at + 1] switch
            {
                126 when bytes.Length - at >= 4 => (2, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2))),
                127 when bytes.Length - at >= 10 => (8, (long)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at + 2))),
                126 or 127 => (0, long.MaxValue),
                var small => (0, (long)small),
            };
            var start = at + 2 + extended;
            if (length > bytes.Length - start)
                yield break;

            yield return (bytes[at] & 0xF, bytes[start..(start + (int)length)]);
            at = start + (int)length;
        }
    }
}
