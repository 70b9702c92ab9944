using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Signaling.Actors.Protocol;
using Signaling.Tests.Compatibility;
using Signaling.Tests.Faults;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Gateway.WebSockets;

/// <summary>Peers that play with the protocol, over TCP and with a whole node. After each of them it serves a pair of manners.</summary>
public sealed class RawSocketTests(OneNode node, ITestOutputHelper output) : IClassFixture<OneNode>
{
    private const int Least = 60;
    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Handshake =
        ["GET /callapp HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", Key, ""];

    public static TheoryData<string> Names { get; } = new(RawCases.All.Select(one => one.ToString()));

    public static TheoryData<int> Cuts { get; } = new(Enumerable.Range(0, Handshake.Length));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_a_peer_sends_it_gets_its_due_and_others_notice_nothing(string name)
    {
        using var late = new CancellationTokenSource(Patience);
        var one = RawCases.All.Single(one => string.Equals(one.ToString(), name, StringComparison.Ordinal));
        using var socket = await ConnectAsync(late.Token);
        await using var stream = new NetworkStream(socket);
        var head = Encoding.ASCII.GetBytes(string.Join("\r\n", Handshake) + "\r\n");
        if (one.Way == RawWay.WithTheHandshake)
            head = [.. head, .. one.Bytes];
        Assert.StartsWith("HTTP/1.1 101 ", await RawHttp.AskAsync(stream, Encoding.Latin1.GetString(head), late.Token), StringComparison.Ordinal);

        await SendAsync(one, socket, late.Token);
        if (one.Way == RawWay.ThenReset)
            socket.Close(timeout: 0);
        else if (one.Way == RawWay.ThenHalfClose)
            await ReadToEndAsync(socket, late.Token);
        else
            await ExpectAsync(one.Expected.Split(',', StringSplitOptions.RemoveEmptyEntries), stream, late.Token);

        await ServesAsync();
    }

    /// <summary>A handshake that ends behind its first lines, or within the next one, and one that comes byte by byte.</summary>
    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_handshake_that_is_cut_off_holds_nobody_up(int lines)
    {
        using var late = new CancellationTokenSource(Patience);
        var whole = Encoding.ASCII.GetBytes(string.Concat(Handshake.Take(lines).Select(line => line + "\r\n")));
        foreach (var cut in (int[])[whole.Length, Math.Max(0, whole.Length - 5)])
        {
            using var half = await ConnectAsync(late.Token);
            await half.SendAsync(whole.AsMemory(0, cut), late.Token);
            await ReadToEndAsync(half, late.Token);

            using var reset = await ConnectAsync(late.Token);
            await reset.SendAsync(whole.AsMemory(0, cut), late.Token);
            reset.Close(timeout: 0);
        }

        await ServesAsync();
    }

    [Fact]
    public async Task A_handshake_may_come_byte_by_byte()
    {
        using var late = new CancellationTokenSource(Patience);
        using var socket = await ConnectAsync(late.Token);
        foreach (var one in Encoding.ASCII.GetBytes(string.Join("\r\n", Handshake) + "\r\n"))
            await socket.SendAsync(new[] { one }, late.Token);
        await using var stream = new NetworkStream(socket);

        Assert.StartsWith("HTTP/1.1 101 ", await RawHttp.AskAsync(stream, "", late.Token), StringComparison.Ordinal);
        await ServesAsync();
    }

    [Fact]
    public void There_are_enough_cases()
    {
        output.Say("raw-sockets", [.. RawCases.All.GroupBy(one => one.Group, StringComparer.Ordinal).Select(group => (group.Key, (object)group.Count())), ("handshakes", 4 * Handshake.Length + 1), ("cases", RawCases.All.Count)]);
        Assert.InRange(RawCases.All.Count, Least, int.MaxValue);
    }

    private async Task<Socket> ConnectAsync(CancellationToken late)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(node.Node.Http.Host, node.Node.Http.Port, late);
        return socket;
    }

    private async Task ServesAsync()
    {
        await using var call = await Peers.Call.OpenAsync(node.Node.App("/callapp"), node.Node.App("/callapp"), Guid.NewGuid().ToString());
        await call.TalkAsync();
    }

    private static async Task SendAsync(RawCase one, Socket socket, CancellationToken late)
    {
        if (one.Way == RawWay.WithTheHandshake)
            return;

        var size = one.Way == RawWay.ByteByByte ? 1 : Math.Max(1, one.Bytes.Length);
        foreach (var piece in one.Bytes.Chunk(size))
        {
            for (var at = 0; at < piece.Length;)
                at += await socket.SendAsync(piece.AsMemory(at), late);
        }
    }

    // What has come is what was expected; where that leaves the socket open, it can still be closed as usual.
    private static async Task ExpectAsync(string[] expected, Stream stream, CancellationToken late)
    {
        foreach (var frame in expected)
            Assert.Equal(frame, await ReadAsync(stream, late));
        if (expected is [.., var last] && last.StartsWith("close", StringComparison.Ordinal))
            return;

        await stream.WriteAsync(ClientFrame.Of(8, [0x03, 0xE8]), late);
        Assert.Equal("close 1000", await ReadAsync(stream, late));
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken late)
    {
        var (_, opcode, payload) = await WebSocketFrame.Read(stream, late);
        return opcode switch
        {
            2 when payload is [(byte)EventType.MetaHeartbeat] => "beat",
            8 when payload.Length == 0 => "close",
            8 => $"close {BinaryPrimitives.ReadUInt16BigEndian(payload)}",
            10 => $"pong {Convert.ToHexString(payload)}",
            _ => $"opcode {opcode}: {Convert.ToHexString(payload)}",
        };
    }

    private static async Task ReadToEndAsync(Socket socket, CancellationToken late)
    {
        socket.Shutdown(SocketShutdown.Send);
        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, late) > 0)
            {
                // Until the node hangs up.
            }
        }
        catch (SocketException)
        {
            // It hung up with a reset.
        }
    }
}
