using System.Buffers;
using System.Net.WebSockets;
using CsCheck;
using Signaling.Gateway.WebSockets;
using Signaling.Tests.Fuzzing;
using Xunit;
using Found = Signaling.Gateway.WebSockets.MessageParser.Found;

namespace Signaling.Tests.Gateway.WebSockets;

/// <summary>What is made of a peer's bytes, however they come.</summary>
public sealed class MessageParserTests
{
    private const byte Continuation = 0;
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;
    private const long Most = 100_000;

    private readonly MessageParser _parser = new(Most);

    public static TheoryData<byte[], string> Faults() => new()
    {
        { ClientFrame.Of(Binary, [1], reserved: 0x40), "Reserved bits are set" },
        { ClientFrame.Of(Binary, [1], reserved: 0x20), "Reserved bits are set" },
        { ClientFrame.Of(Ping, [1], reserved: 0x10), "Reserved bits are set" },
        { ClientFrame.Of(3, []), "Unknown opcode" },
        { ClientFrame.Of(7, [1]), "Unknown opcode" },
        { ClientFrame.Of(11, []), "Unknown opcode" },
        { ClientFrame.Of(15, [1]), "Unknown opcode" },
        { ClientFrame.Of(Binary, [1], isMasked: false), "Not masked" },
        { ClientFrame.Of(Close, [], isMasked: false), "Not masked" },
        { ClientFrame.Of(Ping, [1], isFinal: false), "Control frame in parts or too long" },
        { ClientFrame.Of(Close, [], isFinal: false), "Control frame in parts or too long" },
        { ClientFrame.Of(Pong, new byte[126]), "Control frame in parts or too long" },
        { ClientFrame.Of(Continuation, [1]), "Continuation of no message" },
        { [.. ClientFrame.Of(Binary, [1], isFinal: false), .. ClientFrame.Of(Binary, [2])], "New message within another" },
        { [.. ClientFrame.Of(Binary, [1], isFinal: false), .. ClientFrame.Of(Text, [])], "New message within another" },
        { [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], "Length beyond 63 bits" },
        { ClientFrame.Of(Close, [3]), "Invalid close status" },
        { ClientFrame.Of(Close, [0x03, 0xED]), "Invalid close status" }, // 1005
        { ClientFrame.Of(Close, [0x03, 0xE7]), "Invalid close status" }, // 999
        { ClientFrame.Of(Close, [0x03, 0xF7]), "Invalid close status" }, // 1015
        { ClientFrame.Of(Close, [0x07, 0xD0]), "Invalid close status" }, // 2000
        { ClientFrame.Of(Close, [0x13, 0x88]), "Invalid close status" }, // 5000
        { ClientFrame.Of(Close, [0x03, 0xE8, 0xC3, 0x28]), "Invalid UTF-8" },
        { ClientFrame.Of(Text, [0xC3, 0x28]), "Invalid UTF-8" },
        { [.. ClientFrame.Of(Text, [0xC3], isFinal: false), .. ClientFrame.Of(Continuation, [])], "Invalid UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_no_peer_may_send_is_a_fault_with_a_name(byte[] bytes, string what)
    {
        Assert.Equal(Found.Fault, ReadAll(bytes).Last().Found);
        Assert.Equal(what, _parser.Fault?.What);
        Assert.Equal(
            what.Contains("UTF-8", StringComparison.Ordinal) ? WebSocketCloseStatus.InvalidPayloadData : WebSocketCloseStatus.ProtocolError,
            _parser.Fault?.Status);
        Assert.Null(_parser.Close);
    }

    [Theory]
    [InlineData(new byte[0], 1005, null)]
    [InlineData(new byte[] { 0x03, 0xE8 }, 1000, "")]
    [InlineData(new byte[] { 0x03, 0xF6 }, 1014, "")]
    [InlineData(new byte[] { 0x0B, 0xB8, 0x62, 0x79, 0x65 }, 3000, "bye")]
    [InlineData(new byte[] { 0x13, 0x87, 0xC3, 0xA4 }, 4999, "ä")]
    public void A_close_frame_says_why(byte[] payload, int status, string? reason)
    {
        Assert.Equal(Found.Close, ReadAll(ClientFrame.Of(Close, payload)).Single().Found);
        Assert.Equal(new CloseFrame((WebSocketCloseStatus)status, reason), _parser.Close);
    }

    [Fact]
    public void The_first_two_bytes_are_enough_for_a_fault() =>
        Assert.Equal(Found.Fault, ReadAll([0x82, 0x05]).Single().Found);

    [Fact]
    public void Of_a_message_over_the_limit_the_beginning_is_enough_and_what_follows_it_is_read()
    {
        byte[] tooLarge = [.. ClientFrame.Of(Binary, new byte[60_000], isFinal: false), .. ClientFrame.Of(Continuation, new byte[60_000])];
        var head = ReadAll(tooLarge.AsSpan(0, 60_000 + 8 + 8).ToArray());
        Assert.Equal([Found.TooLarge], head.Select(one => one.Found));

        var rest = ReadAll([.. tooLarge.AsSpan(60_000 + 8 + 8), .. ClientFrame.Of(Binary, [7])]);
        Assert.Equal([7], Assert.Single(rest).Payload);
    }

    [Fact]
    public void What_is_announced_takes_no_memory_before_it_comes()
    {
        var parser = new MessageParser(maxPayload: 0);
        byte[] head = [0x82, 0xFF, 0, 0, 0, 0, 0x7F, 0, 0, 0, 1, 2, 3, 4, 5];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var bytes = new ReadOnlySequence<byte>(head);
        Assert.Equal(Found.Nothing, parser.Next(ref bytes));

        Assert.True(bytes.IsEmpty);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    /// <summary>Any messages, cut into any frames, with control frames between those, coming in any pieces, masked by any key.</summary>
    [Fact]
    public void Messages_are_those_that_were_sent_however_they_come() =>
        Gen.Select(Message.Array[1, 8], Gen.Int[1, 40].Array[1, 50]).Sample((messages, cuts) =>
        {
            var parser = new MessageParser(Most);
            var found = Read(parser, Cut([.. messages.SelectMany(one => one.Frames)], cuts));

            Assert.Equal(messages.SelectMany(one => one.Expected).Select(Shown), found.Select(Shown), StringComparer.Ordinal);
        });

    private static Gen<(byte[] Frames, (Found Found, byte[] Payload)[] Expected)> Message { get; } =
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 4], Gen.Bool, Gen.Byte.Array[0, 125]).Select((payload, parts, pings, pinged) =>
        {
            var frames = new List<byte>();
            var expected = new List<(Found, byte[])>();
            for (var part = 0; part < parts; part++)
            {
                var (from, to) = (payload.Length * part / parts, payload.Length * (part + 1) / parts);
                frames.AddRange(ClientFrame.Of(part == 0 ? Binary : Continuation, payload.AsSpan(from, to - from), part == parts - 1));
                if (!pings || part == parts - 1)
                    continue;
                frames.AddRange(ClientFrame.Of(part % 2 == 0 ? Ping : Pong, pinged));
                expected.Add((part % 2 == 0 ? Found.Ping : Found.Pong, pinged));
            }

            expected.Add((Found.Message, payload));
            return (frames.ToArray(), expected.ToArray());
        });

    private static string Shown((Found Found, byte[] Payload) one) => $"{one.Found} {Convert.ToHexString(one.Payload)}";

    private static IEnumerable<byte[]> Cut(byte[] bytes, int[] cuts)
    {
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    private List<(Found Found, byte[] Payload)> ReadAll(byte[] bytes) => Read(_parser, [bytes]);

    private static List<(Found Found, byte[] Payload)> Read(MessageParser parser, IEnumerable<byte[]> pieces)
    {
        var found = new List<(Found, byte[])>();
        var waiting = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            // In two segments, as what was not taken and what has come since may be.
            var bytes = Segments.Of(waiting, piece);
            for (var next = parser.Next(ref bytes); next != Found.Nothing; next = parser.Next(ref bytes))
            {
                found.Add((next, next is Found.Message or Found.Ping or Found.Pong or Found.Text ? parser.Payload : []));
                if (next is Found.Fault or Found.Close)
                    return found;
            }

            waiting = bytes.ToArray();
        }

        return found;
    }
}
