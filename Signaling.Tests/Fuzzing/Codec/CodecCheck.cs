using System.Buffers.Binary;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Fuzzing.Codec;

/// <summary>Reads a message as the wire protocol says, a second time and more slowly, and compares.</summary>
internal static class CodecCheck
{
    private const string App = "/app";

    private static readonly string[] Patterns = ["a*b*", "*x*x", "room"];

    public static void Look(byte[] message)
    {
        var isRead = FrameHeader.TryRead(message, out var header);
        FuzzException.Unless(isRead == (LengthOf(message) is { } end && end <= message.Length), "A header is read where there is none, or the other way round.");
        if (!isRead)
            return;

        FuzzException.Unless(
            header.FrameLength == LengthOf(message) && (byte)header.Type == message[0] && (byte)header.DataType == message[1]
            && header.Id == (short)(message[2] | (message[3] << 8)),
            "A header is not read as it stands.");
        if (header.DataType == EventDataType.String)
            LookAtText(message, header);

        var other = message.ToArray();
        FrameHeader.RewriteId(other, (short)~header.Id);
        FuzzException.Unless(
            other.Index().All(one => one.Item == (one.Index is 2 or 3 ? (byte)~message[one.Index] : message[one.Index])), "Another id changes other bytes.");
    }

    private static void LookAtText(byte[] message, FrameHeader header)
    {
        var text = Frame.ReadString(message, header);
        FuzzException.Unless(
            message.AsSpan(0, header.FrameLength).SequenceEqual(Frame.Of(header.Type, header.Id, text)), "A text is not what was said.");
        FuzzException.Unless(AddressKey.Of(App, text) is { Length: 22 } key && !string.Equals(key, AddressKey.Of(App, text + "a"), StringComparison.Ordinal), "A key is none.");

        foreach (var pattern in Patterns)
            FuzzException.Unless(new AddressPattern(pattern).Matches(text) == Matches(pattern, text), $"'{pattern}' matches what it does not, or the other way round.");
        FuzzException.Unless(new AddressPattern(Patterns).Matches(text) == Array.Exists(Patterns, pattern => Matches(pattern, text)), "Patterns match what none of them does.");
        FuzzException.Unless(new AddressPattern(text).Matches(text), "A text as a pattern does not match itself.");
    }

    // By the protocol's document: type, data type, two bytes of id, and where there are data, four of their length.
    private static long? LengthOf(byte[] message)
    {
        if (message.Length < 4 || message[1] > 2)
            return null;
        if (message[1] == 0)
            return 4;
        if (message.Length < 8)
            return null;

        long units = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(4));
        return 8 + (message[1] == 2 ? 2 * units : units);
    }

    // Each place of the pattern that can be reached, unit by unit.
    private static bool Matches(string pattern, string text)
    {
        var reached = new bool[pattern.Length + 1];
        reached[0] = true;
        Spread(pattern, reached);
        foreach (var unit in text)
        {
            var next = new bool[reached.Length];
            for (var at = 0; at < pattern.Length; at++)
            {
                next[at] |= reached[at] && pattern[at] == '*';
                next[at + 1] |= reached[at] && pattern[at] != '*' && pattern[at] == unit;
            }

            reached = next;
            Spread(pattern, reached);
        }

        return reached[^1];
    }

    private static void Spread(string pattern, bool[] reached)
    {
        for (var at = 0; at < pattern.Length; at++)
            reached[at + 1] |= reached[at] && pattern[at] == '*';
    }
}
