using System.Threading.Channels;
using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The JavaScript client opposite a server that the test plays, message by message.</summary>
[Collection(BrowserTests.Name)]
public sealed class JavaScriptClientTests(Chromium chromium) : IAsyncLifetime
{
    private const string Url = "ws://localhost:12776/callapp";

    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource<IWebSocketRoute> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IBrowserContext? _context;
    private IPage? _page;

    public async Task InitializeAsync()
    {
        _context = await chromium.NewContextAsync();
        await _context.ServeFilesAsync();
        _page = await _context.NewPageAsync();
        await _page.RouteWebSocketAsync(Url, socket =>
        {
            socket.OnMessage(frame => _received.Writer.TryWrite(frame.Binary ?? []));
            _accepted.TrySetResult(socket);
        });
        await _page.GotoAsync(StaticPages.Blank);
    }

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task It_says_its_version_before_it_asks_for_an_address()
    {
        var address = RunAsync<string>("await client.listen('abc'); return client.address;");

        await ReceivesAsync([(byte)EventType.MetaVersion, 2]);
        await ReceivesAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc"));
        await SendAsync(Frame.Version());
        await SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc"));

        Assert.Equal("abc", await address);
    }

    [Fact]
    public async Task A_denied_address_is_an_error_of_its_own()
    {
        var code = RunAsync<string>("return await codeOf(client.listen('abc'));");

        await SendAfterAsync(
            Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc"),
            Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "abc"));

        Assert.Equal("address-taken", await code);
    }

    [Fact]
    public async Task An_address_that_no_server_takes_is_refused_before_it_is_sent() =>
        Assert.Equal("address-too-long", await RunAsync<string>("return await codeOf(client.listen('a'.repeat(257)));"));

    [Fact]
    public async Task An_address_is_released_when_the_server_says_so()
    {
        var address = RunAsync<string?>("await client.listen('abc'); await client.stopListening(); return client.address;");

        await SendAfterAsync(
            Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc"),
            Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc"));
        await SendAfterAsync(
            Frame.Of(EventType.ServerClosed, FrameHeader.NoId),
            Frame.Of(EventType.ServerClosed, FrameHeader.NoId));

        Assert.Null(await address);
    }

    [Fact]
    public async Task Links_get_ids_of_their_own_and_carry_data_until_they_end()
    {
        var done = RunAsync<string>("""
            const first = codeOf(client.connectTo('nobody'));
            const link = await client.connectTo('somebody');
            client.send(link, Uint8Array.of(1, 2, 3));
            client.send(link, 'text', { reliable: false });
            const { detail } = await once('message');
            client.disconnect(link);
            const sendOnEnded = codeOf(Promise.resolve().then(() => client.send(link, 'late')));
            return [await first, detail.link === link, detail.data, detail.reliable, await sendOnEnded].join();
            """);

        await ReceivesAsync(Frame.Version());
        await ReceivesAsync(Frame.Of(EventType.NewConnection, 1, "nobody"));
        await ReceivesAsync(Frame.Of(EventType.NewConnection, 2, "somebody"));
        await SendAsync(Frame.Of(EventType.ConnectionFailed, 1));
        await SendAsync(Frame.Of(EventType.NewConnection, 2));
        await ReceivesAsync(Frame.Of(EventType.ReliableMessageReceived, 2, [1, 2, 3]));
        await ReceivesAsync(Frame.Of(EventType.UnreliableMessageReceived, 2, "text"));
        await SendAsync(Frame.Of(EventType.ReliableMessageReceived, 2, [4, 5]));
        await ReceivesAsync(Frame.Of(EventType.Disconnected, 2));

        Assert.Equal("connect-failed,true,4,5,true,link-closed", await done);
    }

    [Fact]
    public async Task A_link_that_comes_in_has_the_servers_id_and_ends_with_its_8()
    {
        var done = RunAsync<string>("""
            const { detail: { link } } = await once('link');
            const closed = once('linkclosed');
            client.send(link, Uint8Array.of(7));
            return [link.id, link.incoming, (await closed).detail.link === link, link.open].join();
            """);

        await SendAfterAsync(Frame.Version(), Frame.Of(EventType.NewConnection, 16384));
        await SendAfterAsync(
            Frame.Of(EventType.ReliableMessageReceived, 16384, [7]),
            Frame.Of(EventType.Disconnected, 16384));

        Assert.Equal("16384,true,true,false", await done);
    }

    [Theory]
    [InlineData(1008, "Unknown app", "refused")]
    [InlineData(1009, "", "too-large")]
    [InlineData(1001, "", "closed")]
    public async Task The_end_of_the_connection_is_told_by_its_code(int closeCode, string reason, string expected)
    {
        var error = RunAsync<string>("""
            const closed = once('close');
            const code = await codeOf(client.listen('abc'));
            return [code, (await closed).detail.error.message].join();
            """);

        await ReceivesAsync(Frame.Version());
        await (await _accepted.Task).CloseAsync(new() { Code = closeCode, Reason = reason });

        Assert.StartsWith(expected + ",", await error, StringComparison.Ordinal);
        Assert.Contains(reason, await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_protocol_is_told_apart()
    {
        var code = RunAsync<string>("return await codeOf(client.connectTo('abc'));");

        await ReceivesAsync(Frame.Version());
        (await _accepted.Task).Send("""{"hello":"world"}""");

        Assert.Equal("bad-frame", await code);
    }

    [Fact]
    public async Task Signs_of_life_that_stay_unanswered_end_the_connection()
    {
        var code = RunAsync<string>("return (await once('close')).detail.error.code;", heartbeatSeconds: 1.5);

        await ReceivesAsync(Frame.Version());
        await SendAsync(Frame.Version());
        await ReceivesAsync(Frame.Heartbeat());
        await SendAsync(Frame.Heartbeat());
        await ReceivesAsync(Frame.Heartbeat());

        Assert.Equal("no-answer", await code);
    }

    /// <summary>Runs the body of a function that has a connected client and two words for what comes of it.</summary>
    private Task<T> RunAsync<T>(string body, double heartbeatSeconds = 30) => _page!.EvaluateAsync<T>($$"""
        async () => {
          const { SignalingClient, SignalingError } = await import('/signaling-client.js');
          const client = new SignalingClient({ heartbeatSeconds: {{heartbeatSeconds}} });
          const once = type => new Promise(resolve => client.addEventListener(type, resolve, { once: true }));
          const codeOf = promise => promise.then(() => 'no error', error => error instanceof SignalingError && error.code);
          await client.connect('{{Url}}');
          {{body}}
        }
        """);

    private async Task SendAsync(byte[] frame) => (await _accepted.Task).Send(frame);

    /// <summary>Sends a frame once another has come in; what comes in before that is passed over.</summary>
    private async Task SendAfterAsync(byte[] request, byte[] answer)
    {
        while (!(await NextAsync()).AsSpan().SequenceEqual(request))
        {
        }

        await SendAsync(answer);
    }

    private async Task ReceivesAsync(byte[] frame) => Assert.Equal(frame, await NextAsync());

    private async Task<byte[]> NextAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _received.Reader.ReadAsync(timeout.Token);
    }
}
