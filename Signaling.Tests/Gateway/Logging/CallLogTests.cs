using System.Text.Json;
using System.Text.RegularExpressions;
using Signaling.Actors.Protocol;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Logging;

/// <summary>What the log of the program shows of its peers.</summary>
public sealed partial class CallLogTests : IDisposable
{
    private const short Id = 1;
    private const short Guest = 16384;
    private const string Address = "myaddress";
    private const string Secret = "v=0 secret offer";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_call_looks_as_the_tutorial_says()
    {
        await using var node = await NodeProcess.StartAsync();
        var local = $"{node.Http.Host}:{node.Http.Port}";
        var log = new List<string>();
        await CallAsync(node, async left => log.AddRange(await node.ReadUntilAsync($"removed {left} connections left.")));

        var lines = log.Select(line => PeerLine().Match(line)).Where(line => line.Success).ToList();
        var peers = lines.Select(line => line.Groups["peer"].Value).Distinct(StringComparer.Ordinal).ToList();
        var shown = lines.Select(line => (Peer: peers.IndexOf(line.Groups["peer"].Value), Text: line.Groups["text"].Value)).ToList();
        IEnumerable<string> LinesOf(int peer) => shown.Where(line => line.Peer == peer).Select(line => line.Text);
        Assert.Equal(
            [
                $" connected on {local}/callapp",
                "INC: [NetEventType: (ServerInitialized), id: (-1), Data: (myaddress)]",
                "OUT: [NetEventType: (ServerInitialized), id: (-1), Data: (myaddress)]",
                "OUT: [NetEventType: (NewConnection), id: (16384)]",
                $"OUT: [NetEventType: (ReliableMessageReceived), id: (16384), Data: ({Secret.Length} bytes)]",
                "INC: [NetEventType: (UnreliableMessageReceived), id: (16384), Data: (text)]",
                "OUT: [NetEventType: (Disconnected), id: (16384)]",
                " CLOSED!",
                "removed 0 connections left.",
            ],
            LinesOf(0), StringComparer.Ordinal);
        Assert.Equal(
            [
                $" connected on {local}/callapp",
                "INC: [NetEventType: (ServerInitialized), id: (-1), Data: (myaddress)]",
                "OUT: [NetEventType: (ServerInitFailed), id: (-1), Data: (myaddress)]",
                " CLOSED!",
                "removed 1 connections left.",
            ],
            LinesOf(1), StringComparer.Ordinal);
        Assert.Equal(
            [
                $" connected on {local}/callapp",
                "INC: protocol version 2",
                "OUT: protocol version 2",
                "INC: heartbeat",
                "OUT: heartbeat",
                "INC: [NetEventType: (NewConnection), id: (1), Data: (myaddress)]",
                "OUT: [NetEventType: (NewConnection), id: (1)]",
                $"INC: [NetEventType: (ReliableMessageReceived), id: (1), Data: ({Secret.Length} bytes)]",
                "OUT: [NetEventType: (UnreliableMessageReceived), id: (1), Data: (text)]",
                " CLOSED!",
                "removed 1 connections left.",
            ],
            LinesOf(2), StringComparer.Ordinal);
        Assert.Equal(
            [(0, "ServerInitialized"), (0, "ServerInitialized"), (1, "ServerInitialized"), (1, "ServerInitFailed"), (2, "NewConnection"), (0, "NewConnection"), (2, "NewConnection")],
            shown.Select(line => (line.Peer, Type: TypeOfEvent().Match(line.Text).Groups["type"].Value))
                .Where(line => line.Type is "ServerInitialized" or "ServerInitFailed" or "NewConnection"));
    }

    [Theory]
    [InlineData("true", "text")]
    [InlineData("true", "json")]
    [InlineData("false", "text")]
    public async Task What_peers_tell_each_other_is_never_shown_and_addresses_only_where_verbose(string verbose, string format)
    {
        await using var node = await NodeProcess.StartAsync(
            seed: null, $"\"log_verbose\": {verbose},", ("SIGNALING__LOG__FORMAT", format));
        await CallAsync(node);
        await node.SignalAsync("TERM");

        var (_, output, _) = await node.WaitForExitAsync();

        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.Equal(bool.Parse(verbose), output.Contains(Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_token_is_ever_shown()
    {
        await using var node = await NodeProcess.StartAsync(seed: null, "\"adminToken\": \"secret admin\",");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await Tokens.TokenApi.AskAsync(
            node.Http, """{"userToken": "secret user", "timeout": 60}""", "secret admin")).Status);
        await Tokens.TokenApi.AskAsync(node.Http, """{"userToken": "secret user", "timeout": -1}""", "secret admin");
        await Tokens.TokenApi.AskAsync(node.Http, """{"userToken": "secret user", "timeout": 1}""", "secret wrong");
        await using (var peer = await TestPeer.ConnectAsync(new Uri(node.App("/callapp"), "?userToken=secret%20user")))
            await peer.ExpectNothingAsync();
        await using (var refused = await TestPeer.ConnectAsync(new Uri(node.App("/callapp"), "?userToken=secret%20none")))
            await refused.ExpectCloseAsync();
        await node.SignalAsync("TERM");

        var (_, output, error) = await node.WaitForExitAsync();

        Assert.Contains("INC: heartbeat", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task No_address_forges_a_line_or_steers_a_terminal(string format)
    {
        const string Forger = "a\r\n(2017-12-13T05:07:14.468Z)[127.0.0.1:1] CLOSED!\n\u001b[2J\u0085\u2028\u2029\u202e\ud800 end\0";
        await using var node = await NodeProcess.StartAsync(seed: null, settings: "", ("SIGNALING__LOG__FORMAT", format));
        await using (await TestPeer.ListenAsync(node.App("/callapp"), Forger))
            await node.SignalAsync("TERM");

        var lines = (await node.WaitForExitAsync()).Output.Split('\n');

        Assert.DoesNotContain(lines, line => line.StartsWith("(2017", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Any(unit => char.IsControl(unit) || unit is '\u2028' or '\u2029' or '\u202e'));
        Assert.Equal(2, lines.Count(line => line.Contains("u000d", StringComparison.OrdinalIgnoreCase) && line.Contains(" end", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task As_JSON_each_line_is_an_object_with_its_event()
    {
        await using var node = await NodeProcess.StartAsync(seed: null, settings: "", ("SIGNALING__LOG__FORMAT", "json"));
        await CallAsync(node);
        await node.SignalAsync("TERM");

        var output = (await node.WaitForExitAsync()).Output;

        var events = output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(events, one => Assert.True(one.GetProperty("EventId").GetInt32() > 0));
        Assert.Equal(3, events.Count(one => one.GetProperty("EventId").GetInt32() == 2100));
        Assert.Contains(events, one => one.GetProperty("EventId").GetInt32() == 2102 && one.GetProperty("State").GetProperty("Event").GetString() is "[NetEventType: (ServerInitFailed), id: (-1), Data: (myaddress)]");
    }

    [Fact]
    public async Task What_Akka_says_is_in_the_same_format()
    {
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var node = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-seeds", "127.0.0.1:1"], ("SIGNALING__LOG__FORMAT", "json"));

        var line = await node.WaitForLineAsync("join seed nodes after");

        Assert.Equal("Warning", JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString());
    }

    /// <summary>One listens; one tries to, finds the address taken and leaves; one calls, talks and hangs up.</summary>
    /// <param name="node">The node that serves them.</param>
    /// <param name="left">Called where one has left, with how many are left.</param>
    private static async Task CallAsync(NodeProcess node, Func<int, Task>? left = null)
    {
        left ??= _ => Task.CompletedTask;
        var app = node.App("/callapp");
        await using var listener = await TestPeer.ListenAsync(app, Address);

        await using var second = await TestPeer.ConnectAsync(app);
        await second.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        await second.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, Address));
        await second.CloseAsync();
        await left(1);

        await using var caller = await TestPeer.ConnectAsync(app);
        await caller.SendAsync(Frame.Version());
        await caller.ExpectAsync(Frame.Version());
        await caller.SendAsync(Frame.Heartbeat());
        await caller.ExpectAsync(Frame.Heartbeat());
        await caller.SendAsync(Frame.Of(EventType.NewConnection, Id, Address));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, Id));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, Guest));
        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Id, System.Text.Encoding.UTF8.GetBytes(Secret)));
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, Guest, System.Text.Encoding.UTF8.GetBytes(Secret)));
        await listener.SendAsync(Frame.Of(EventType.UnreliableMessageReceived, Guest, Secret));
        await caller.ExpectAsync(Frame.Of(EventType.UnreliableMessageReceived, Id, Secret));

        await caller.CloseAsync();
        await listener.ExpectAsync(Frame.Of(EventType.Disconnected, Guest));
        await left(1);
        await listener.CloseAsync();
        await left(0);
    }

    [GeneratedRegex(@"^\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\)\[(?<peer>127\.0\.0\.1:\d+)\](?<text>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PeerLine();

    [GeneratedRegex(@"\[NetEventType: \((?<type>\w+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeOfEvent();
}
