using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Gateway.WebSockets;

/// <summary>What RFC 6455 has to say to peers that play with it. A heartbeat of any length is answered by a beat.</summary>
internal static class RawCases
{
    private const byte Continuation = 0;
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;

    private static readonly int[] ValidStatuses = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
    private static readonly int[] InvalidStatuses = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

    public static IReadOnlyList<RawCase> All { get; } = [.. Lengths, .. Heads, .. Fragments, .. Control, .. Closing, .. Statuses, .. Texts, .. Ways];

    private static RawCase[] Lengths =>
    [
        .. new[] { 1, 2, 125, 126, 127, 128, 65535, 65536, 65537, 1024 * 1024 }.Select(length =>
            new RawCase("length", string.Create(CultureInfo.InvariantCulture, $"{length} bytes"), Beat(length), "beat")),
        new("length", "none", ClientFrame.Of(Binary, []), ""),
        new("length", "1 byte over the limit", Beat((1024 * 1024) + 1), "close 1009"),
        new("length", "5 in two bytes", [0x82, 0xFE, 0, 5, 0, 0, 0, 0, Heart, 1, 2, 3, 4], "beat"),
        new("length", "5 in eight bytes", [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, Heart, 1, 2, 3, 4], "beat"),
        new("length", "2^63", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "close 1002"),
        new("length", "2^64-1", [0x82, 0xFF, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0], "close 1002"),
        new("length", "2^63-1", [0x82, 0xFF, 127, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0], "close 1009"),
        new("length", "2^31", [0x82, 0xFF, 0, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0], "close 1009"),
    ];

    private static RawCase[] Heads =>
    [
        .. new byte[] { 0x10, 0x20, 0x40, 0x70 }.Select(bits => new RawCase("head", $"reserved bits 0x{bits:X2}", ClientFrame.Of(Binary, [Heart], reserved: bits), "close 1002")),
        new("head", "a reserved bit of a ping", ClientFrame.Of(Ping, [], reserved: 0x40), "close 1002"),
        .. new byte[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }.Select(opcode => new RawCase("head", $"opcode {opcode}", ClientFrame.Of(opcode, [Heart]), "close 1002")),
        new("head", "a message that is not masked", ClientFrame.Of(Binary, [Heart], isMasked: false), "close 1002"),
        new("head", "a ping that is not masked", ClientFrame.Of(Ping, [1], isMasked: false), "close 1002"),
        new("head", "a close frame that is not masked", ClientFrame.Of(Close, [], isMasked: false), "close 1002"),
        new("head", "a mask of zeros", [0x82, 0x81, 0, 0, 0, 0, Heart], "beat"),
    ];

    private static RawCase[] Fragments =>
    [
        new("fragments", "two", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. ClientFrame.Of(Continuation, [1])], "beat"),
        new("fragments", "empty ones around one", [.. ClientFrame.Of(Binary, [], isFinal: false), .. ClientFrame.Of(Continuation, [Heart], isFinal: false), .. ClientFrame.Of(Continuation, [])], "beat"),
        new("fragments", "a thousand of a byte", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. Enumerable.Range(0, 1000).SelectMany(_ => ClientFrame.Of(Continuation, [1], isFinal: false)), .. ClientFrame.Of(Continuation, [])], "beat"),
        new("fragments", "a ping between two", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. ClientFrame.Of(Ping, [7]), .. ClientFrame.Of(Continuation, [1])], "pong 07,beat"),
        new("fragments", "a pong between two", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. ClientFrame.Of(Pong, [7]), .. ClientFrame.Of(Continuation, [1])], "beat"),
        new("fragments", "a close frame between two", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. CloseFrame(1000, ""), .. ClientFrame.Of(Continuation, [1])], "close 1000"),
        new("fragments", "a continuation of nothing", ClientFrame.Of(Continuation, [1]), "close 1002"),
        new("fragments", "a continuation of what has ended", [.. ClientFrame.Of(Text, []), .. ClientFrame.Of(Continuation, [1])], "close 1002"),
        new("fragments", "a message within another", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. Beat(1)], "close 1002"),
        new("fragments", "a text within a message", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. ClientFrame.Of(Text, [])], "close 1002"),
        new("fragments", "more than the limit together", [.. ClientFrame.Of(Binary, new byte[1024 * 1024], isFinal: false), .. ClientFrame.Of(Continuation, [1])], "close 1009"),
    ];

    private static RawCase[] Control =>
    [
        new("control", "an empty ping", ClientFrame.Of(Ping, []), "pong "),
        new("control", "a ping of 125 bytes", ClientFrame.Of(Ping, new byte[125]), $"pong {Convert.ToHexString(new byte[125])}"),
        new("control", "a ping of 126 bytes", ClientFrame.Of(Ping, new byte[126]), "close 1002"),
        new("control", "a ping of 5 bytes, the length in two", [0x89, 0xFE, 0, 5, 0, 0, 0, 0, 1, 2, 3, 4, 5], "close 1002"),
        new("control", "a ping in parts", ClientFrame.Of(Ping, [1], isFinal: false), "close 1002"),
        new("control", "a pong that nobody asked for", ClientFrame.Of(Pong, [1]), ""),
        new("control", "a pong of 126 bytes", ClientFrame.Of(Pong, new byte[126]), "close 1002"),
        new("control", "a pong in parts", ClientFrame.Of(Pong, [1], isFinal: false), "close 1002"),
    ];

    private static RawCase[] Closing =>
    [
        new("closing", "without a reason", ClientFrame.Of(Close, []), "close"),
        new("closing", "of 1 byte", ClientFrame.Of(Close, [3]), "close 1002"),
        new("closing", "in parts", ClientFrame.Of(Close, [], isFinal: false), "close 1002"),
        new("closing", "with 123 bytes of reason", CloseFrame(1000, new string('x', 123)), "close 1000"),
        new("closing", "with 124 bytes of reason", CloseFrame(1000, new string('x', 124)), "close 1002"),
        new("closing", "with a reason that is cut in a character", ClientFrame.Of(Close, [0x03, 0xE8, 0xC3]), "close 1007"),
        new("closing", "with a reason that is no text", ClientFrame.Of(Close, [0x03, 0xE8, 0xFF]), "close 1007"),
        new("closing", "with half a surrogate pair", ClientFrame.Of(Close, [0x03, 0xE8, 0xED, 0xA0, 0x80]), "close 1007"),
        new("closing", "and then a message", [.. CloseFrame(1000, ""), .. Beat(1)], "close 1000"),
        new("closing", "and then a ping", [.. CloseFrame(1000, ""), .. ClientFrame.Of(Ping, [1])], "close 1000"),
        new("closing", "twice", [.. CloseFrame(1000, ""), .. CloseFrame(1001, "")], "close 1000"),
        new("closing", "behind a message", [.. Beat(1), .. CloseFrame(1000, "bye")], "beat,close 1000"),
        new("closing", "and then nonsense", [.. CloseFrame(1000, ""), .. Enumerable.Repeat((byte)0xFF, 100)], "close 1000"),
    ];

    private static RawCase[] Statuses =>
    [
        .. ValidStatuses.Select(status => new RawCase("status", $"{status} may be sent", CloseFrame(status, "ä"), $"close {status}")),
        .. InvalidStatuses.Select(status => new RawCase("status", $"{status} may not", CloseFrame(status, ""), "close 1002")),
    ];

    private static RawCase[] Texts =>
    [
        new("text", "is ignored", [.. ClientFrame.Of(Text, Encoding.UTF8.GetBytes("größe")), .. Beat(1)], "beat"),
        new("text", "cut in a character between frames", [.. ClientFrame.Of(Text, [0xC3], isFinal: false), .. ClientFrame.Of(Continuation, [0xA4]), .. Beat(1)], "beat"),
        new("text", "with a byte that no text has", ClientFrame.Of(Text, [0xFF]), "close 1007"),
        new("text", "that ends in a character", ClientFrame.Of(Text, [0xE4, 0xB8]), "close 1007"),
        new("text", "with a character in more bytes than it takes", ClientFrame.Of(Text, [0xC0, 0xAF]), "close 1007"),
        new("text", "with half a surrogate pair", ClientFrame.Of(Text, [0xED, 0xA0, 0x80]), "close 1007"),
        new("text", "beyond the last character", ClientFrame.Of(Text, [0xF4, 0x90, 0x80, 0x80]), "close 1007"),
    ];

    private static RawCase[] Ways =>
    [
        new("way", "a message byte by byte", Beat(300), "beat", RawWay.ByteByByte),
        new("way", "parts and pings byte by byte", [.. ClientFrame.Of(Binary, [Heart], isFinal: false), .. ClientFrame.Of(Ping, [7]), .. ClientFrame.Of(Continuation, [1])], "pong 07,beat", RawWay.ByteByByte),
        new("way", "a close frame byte by byte", CloseFrame(1000, "bye"), "close 1000", RawWay.ByteByByte),
        new("way", "three messages with the handshake", [.. Beat(1), .. Beat(2), .. Beat(3)], "beat,beat,beat", RawWay.WithTheHandshake),
        new("way", "a fault with the handshake", ClientFrame.Of(3, []), "close 1002", RawWay.WithTheHandshake),
        new("way", "a thousand messages before any answer is read", [.. Enumerable.Range(0, 1000).SelectMany(_ => Beat(20))], string.Join(',', Enumerable.Repeat("beat", 1000))),
        new("way", "nothing, then half-closed", [], "", RawWay.ThenHalfClose),
        new("way", "half-closed in a head", [0x82], "", RawWay.ThenHalfClose),
        new("way", "half-closed in a payload", Beat(100)[..50], "", RawWay.ThenHalfClose),
        new("way", "half-closed between fragments", ClientFrame.Of(Binary, [Heart], isFinal: false), "", RawWay.ThenHalfClose),
        new("way", "reset at once", [], "", RawWay.ThenReset),
        new("way", "reset in a head", [0x82, 0xFF, 0], "", RawWay.ThenReset),
        new("way", "reset in a payload", Beat(60_000)[..50_000], "", RawWay.ThenReset),
        new("way", "reset with answers on their way", [.. Enumerable.Range(0, 1000).SelectMany(_ => Beat(20))], "", RawWay.ThenReset),
    ];

    private const byte Heart = (byte)EventType.MetaHeartbeat;

    private static byte[] Beat(int length)
    {
        var message = new byte[length];
        message[0] = Heart;
        return ClientFrame.Of(Binary, message);
    }

    private static byte[] CloseFrame(int status, string reason)
    {
        var payload = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        return ClientFrame.Of(Close, [.. payload, .. Encoding.UTF8.GetBytes(reason)]);
    }
}
