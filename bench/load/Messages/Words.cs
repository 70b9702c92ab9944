using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Signaling.Actors.Protocol;

namespace Signaling.Load.Messages;

/// <summary>What a message says of itself, so that its receiver knows what it is and finds whatever is wrong with it.</summary>
/// <param name="From">The end that sends it.</param>
/// <param name="To">The end that it is for.</param>
/// <param name="Number">Its number among all from the one to the other, from 1 on.</param>
/// <param name="Sent">When it was, or should have been, sent: a time stamp of this process.</param>
/// <param name="Answers">The time stamp of the message that it answers; 0: none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Words(int From, int To, long Number, long Sent, long Answers = 0)
{
    /// <summary>Bytes that they take; the rest of a message is a pattern that follows from them.</summary>
    public const int Length = 40;

    private const uint Magic = 0x64616f6c; // load
    private const int PatternLength = 65_521; // a prime, so that it begins elsewhere in each message

    private static readonly byte[] Pattern = MakePattern();

    /// <summary>A whole message with room for data, for <see cref="Write"/>.</summary>
    /// <param name="id">What its sender calls the link.</param>
    /// <param name="size">Bytes of data.</param>
    public static byte[] Frame(short id, int size) => Actors.Protocol.Frame.Of(EventType.ReliableMessageReceived, id, new byte[size]);

    /// <summary>Puts them into a message, and the pattern behind them.</summary>
    public void Write(Span<byte> frame)
    {
        var data = frame[FrameHeader.DataOffset..];
        BinaryPrimitives.WriteUInt32LittleEndian(data, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(data[4..], data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(data[8..], From);
        BinaryPrimitives.WriteInt32LittleEndian(data[12..], To);
        BinaryPrimitives.WriteInt64LittleEndian(data[16..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(data[24..], Sent);
        BinaryPrimitives.WriteInt64LittleEndian(data[32..], Answers);
        var rest = data[Length..];
        for (var at = PatternStart; rest.Length > 0; at = 0)
        {
            var part = Math.Min(rest.Length, PatternLength - at);
            Pattern.AsSpan(at, part).CopyTo(rest);
            rest = rest[part..];
        }
    }

    /// <summary>Reads them.</summary>
    /// <returns>False where the message is none of those that are sent here, or a byte of it is not as it was.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out Words words)
    {
        words = default;
        if (!FrameHeader.TryRead(frame, out var header) || header.Type != EventType.ReliableMessageReceived
            || header.DataType != EventDataType.Bytes || header.FrameLength != frame.Length || frame.Length < FrameHeader.DataOffset + Length)
        {
            return false;
        }

        var data = frame[FrameHeader.DataOffset..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(data) != Magic || BinaryPrimitives.ReadInt32LittleEndian(data[4..]) != data.Length)
            return false;

        words = new Words(
            BinaryPrimitives.ReadInt32LittleEndian(data[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(data[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[32..]));
        return words.IsPattern(data[Length..]);
    }

    private int PatternStart => (int)((uint)HashCode.Combine(From, To, Number, Sent, Answers) % PatternLength);

    private bool IsPattern(ReadOnlySpan<byte> rest)
    {
        for (var at = PatternStart; rest.Length > 0; at = 0)
        {
            var part = Math.Min(rest.Length, PatternLength - at);
            if (!rest[..part].SequenceEqual(Pattern.AsSpan(at, part)))
                return false;
            rest = rest[part..];
        }

        return true;
    }

    private static byte[] MakePattern()
    {
        var pattern = new byte[PatternLength];
        new Random(PatternLength).NextBytes(pattern);
        return pattern;
    }
}
