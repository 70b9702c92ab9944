using System.Buffers.Binary;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>The messages that the peers of these tests exchange: whose they are, their number, and when they were said.</summary>
internal static class Talk
{
    /// <summary>A message of a conversation.</summary>
    public const byte Said = 1;

    /// <summary>A message that its hearer sends back.</summary>
    public const byte Echo = 2;

    private const int Size = 64;

    /// <summary>The message, header included.</summary>
    public static byte[] Write(byte kind, short link, int conversation, int number, Moment at)
    {
        Span<byte> data = stackalloc byte[Size];
        data.Fill((byte)number);
        data[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(data[1..], conversation);
        BinaryPrimitives.WriteInt32LittleEndian(data[5..], number);
        BinaryPrimitives.WriteInt64LittleEndian(data[9..], at.Ticks);
        return Frame.Of(EventType.ReliableMessageReceived, link, data);
    }

    /// <summary>Reads the data of a message; false where it is none of ours or not as it was sent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out byte kind, out int conversation, out int number, out Moment at)
    {
        (kind, conversation, number, at) = (0, 0, 0, default);
        if (data.Length != Size)
            return false;
        kind = data[0];
        conversation = BinaryPrimitives.ReadInt32LittleEndian(data[1..]);
        number = BinaryPrimitives.ReadInt32LittleEndian(data[5..]);
        at = new Moment(BinaryPrimitives.ReadInt64LittleEndian(data[9..]));
        return !data[17..].ContainsAnyExcept((byte)number);
    }
}
