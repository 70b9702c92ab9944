using System.Buffers.Binary;
using System.Text;
using Signaling.Tests.Gateway.WebSockets;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>What peers send over their sockets, right and wrong.</summary>
internal static class PeerFrames
{
    private const byte Continuation = 0;
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;

    private static readonly int[] Lengths = [0, 1, 2, 16, 31, 32, 33, 124, 125, 126, 127, 128, 1000, SocketCase.MaxPayload - 1, SocketCase.MaxPayload, SocketCase.MaxPayload + 1];
    private static readonly ushort[] Statuses = [0, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1011, 1014, 1015, 1016, 2999, 3000, 4999, 5000, ushort.MaxValue];
    private static readonly string[] Texts = ["", "bye", "größe", "\ud83d\ude00", new('x', 123)];

    /// <summary>A few messages, changed, in pieces.</summary>
    public static FuzzInput Mutation(Chance chance)
    {
        byte[] valid = [.. Enumerable.Range(0, chance.Between(1, 4)).SelectMany(_ => Message(chance))];
        return new FuzzInput([.. Mutator.Pieces(chance, Mutator.Change(chance, valid, Message(chance))).Select(piece => new FuzzStep(0, piece))]);
    }

    /// <summary>A message, in one frame or several, or a control frame.</summary>
    public static byte[] Message(Chance chance)
    {
        switch (chance.Below(12))
        {
            case 0 when chance.Percent(40):
                return ClientFrame.Of(Close, Reason(chance));
            case 1:
                return ClientFrame.Of(Ping, new byte[chance.Below(126)]);
            case 2:
                return ClientFrame.Of(Pong, new byte[chance.Below(126)]);
            case 3:
                return ClientFrame.Of(Text, Encoding.UTF8.GetBytes(chance.Of<string>(Texts)));
            case 4 when chance.Percent(30):
                return ClientFrame.Of((byte)chance.Below(16), new byte[chance.Of<int>(Lengths)], chance.Percent(70), (byte)(chance.Below(8) << 4), chance.Percent(80));
            case 5 when chance.Percent(30):
                return Announced(chance);
            case 6 or 7 or 8:
                return InParts(chance);
            default:
                return ClientFrame.Of(Binary, Payload(chance));
        }
    }

    private static byte[] InParts(Chance chance)
    {
        var (parts, bytes) = (chance.Between(2, 5), new List<byte>());
        var opcode = chance.Percent(80) ? Binary : Text;
        for (var part = 0; part < parts; part++)
        {
            bytes.AddRange(ClientFrame.Of(part == 0 ? opcode : Continuation, Payload(chance), part == parts - 1));
            if (chance.Percent(20))
                bytes.AddRange(ClientFrame.Of(chance.Percent(50) ? Ping : Pong, new byte[chance.Below(20)]));
        }

        return [.. bytes];
    }

    // A length that is written longer than it need be, or is longer than what comes.
    private static byte[] Announced(Chance chance)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, chance.Of<long>([0, 1, 125, 3001, int.MaxValue, 1L + int.MaxValue, long.MaxValue, long.MinValue, -1]));
        return chance.Percent(50)
            ? [0x82, 0xFF, .. length, 1, 2, 3, 4, .. new byte[125]]
            : [0x82, 0xFE, .. length[6..], 1, 2, 3, 4, .. new byte[125]];
    }

    private static byte[] Reason(Chance chance)
    {
        if (chance.Percent(20))
            return Mutator.Any(chance, 3);

        var status = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(status, chance.Of<ushort>(Statuses));
        byte[] reason = [.. status, .. Encoding.UTF8.GetBytes(chance.Of<string>(Texts))];
        return chance.Percent(20) ? [.. reason[..^(chance.Below(2) + 1)], 0xC3] : reason;
    }

    private static byte[] Payload(Chance chance)
    {
        var payload = new byte[chance.Percent(50) ? chance.Below(60) : chance.Of<int>(Lengths)];
        for (var i = 0; i < payload.Length; i++)
            payload[i] = (byte)(i * 7);
        return payload;
    }
}
