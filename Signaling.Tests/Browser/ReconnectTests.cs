using System.Threading.Channels;
using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The JavaScript client that reconnects, opposite a server that the test plays. The page's clock stands unless the test turns it.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReconnectTests(Chromium chromium) : IAsyncLifetime
{
    private const string Url = "ws://localhost:12776/callapp";
    private const int OneSecond = 1_000;

    private static readonly byte[] Listen = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "abc");
    private static readonly byte[] Denied = Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "abc");
    private static readonly DateTime Midnight = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<IWebSocketRoute> _accepted = Channel.CreateUnbounded<IWebSocketRoute>();
    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>();
    private IBrowserContext? _context;
    private IPage? _page;
    private IWebSocketRoute? _socket;

    public async Task InitializeAsync()
    {
        _context = await chromium.NewContextAsync();
        await _context.ServeFilesAsync();
        _page = await _context.NewPageAsync();
        await _page.RouteWebSocketAsync("ws://localhost:12776/**", socket =>
        {
            socket.OnMessage(frame => _received.Writer.TryWrite(frame.Binary ?? []));
            _accepted.Writer.TryWrite(socket);
        });
        await _page.Clock.InstallAsync(new() { TimeDate = Midnight });
        await _page.GotoAsync(StaticPages.Blank);
        await _page.Clock.PauseAtAsync(Midnight.AddHours(1));
    }

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task A_lost_connection_comes_back_with_its_address_and_without_its_links()
    {
        await ListenAsync();
        _socket!.Send(Frame.Of(EventType.NewConnection, 16384));
        await HappensAsync("link");

        await LoseAsync();

        await HappensAsync("linkclosed");
        await HappensAsync("reconnecting closed 1");
        await AcceptAgainAsync();
        await HappensAsync("reconnected");
        await ReceivesAsync(Listen);
        Assert.Null(await _page!.EvaluateAsync<string?>("client.address"));
        _socket!.Send(Listen);
        await HappensAsync("addressregained abc");
        Assert.Equal("abc", await _page!.EvaluateAsync<string?>("client.address"));
    }

    [Fact]
    public async Task An_address_that_its_old_connection_still_holds_is_asked_for_again()
    {
        await ListenAsync();
        await LoseAsync();
        await AcceptAgainAsync();

        await ReceivesAsync(Listen);
        _socket!.Send(Denied);
        await TurnClockUntilAsync(_received.Reader, "a second request");
        Assert.Equal(Listen, await NextAsync(_received.Reader));
        _socket!.Send(Listen);

        await HappensAsync("addressregained abc");
    }

    [Fact]
    public async Task An_address_that_another_goes_on_holding_is_lost_and_the_connection_stays()
    {
        await ListenAsync();
        await LoseAsync();
        await AcceptAgainAsync();

        _socket!.OnMessage(frame =>
        {
            if (frame.Binary.AsSpan().SequenceEqual(Listen))
                _socket.Send(Denied);
        });
        _socket.Send(Denied); // to the request that came before
        await TurnClockUntilAsync(async () => (await EventsAsync()).Contains("addresslost abc address-taken", StringComparison.Ordinal), "a lost address");

        Assert.True(await _page!.EvaluateAsync<bool>("client.connected"));
    }

    [Theory]
    [InlineData(1008, "Unknown app", "refused")]
    [InlineData(1009, "", "too-large")]
    public async Task What_would_be_no_better_the_next_time_is_not_tried_again(int closeCode, string reason, string expected)
    {
        await ListenAsync();

        await _socket!.CloseAsync(new() { Code = closeCode, Reason = reason });

        await HappensAsync($"close {expected}");
        Assert.DoesNotContain("reconnecting", await EventsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tries_as_often_as_it_is_told_with_pauses_that_grow_up_to_a_bound()
    {
        await ListenAsync("{ firstSeconds: 1, mostSeconds: 4, attempts: 5 }", "Math.random = () => 0.999;");

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await LoseAsync();
            await HappensAsync($"reconnecting closed {attempt}");
            await AcceptAgainAsync();
        }

        await LoseAsync();
        await HappensAsync("close closed");
        var pauses = await _page!.EvaluateAsync<int[]>("pauses.map(seconds => Math.round(seconds * 1000))");
        Assert.Equal([999, 1998, 3996, 3996, 3996], pauses);
    }

    [Fact]
    public async Task A_connection_that_has_stood_for_long_is_tried_as_if_nothing_had_happened_before()
    {
        await ListenAsync("{ attempts: 1 }");
        await LoseAsync();
        await AcceptAgainAsync();
        await HappensAsync("reconnected");

        await _page!.Clock.FastForwardAsync(11 * OneSecond);
        await LoseAsync();

        await AcceptAgainAsync();
    }

    [Theory]
    [InlineData(1)] // in the pause
    [InlineData(2)] // while the next attempt waits for its URL
    public async Task Closing_it_ends_the_attempts(int asked)
    {
        await ListenAsync(
            before: "globalThis.asked = 0; globalThis.late = Promise.withResolvers();",
            url: "() => ++asked === 1 ? url : late.promise");
        await LoseAsync();
        await HappensAsync("reconnecting closed 1");
        if (asked == 2)
            await TurnClockUntilAsync(() => _page!.EvaluateAsync<bool>("asked === 2"), "a second question");

        await _page!.EvaluateAsync($"client.close(); late.resolve('{Url}')");
        await HappensAsync("close null");
        await _page!.Clock.RunForAsync(60 * OneSecond);

        Assert.Equal(asked, await _page!.EvaluateAsync<int>("asked"));
        Assert.False(_accepted.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Each_attempt_asks_for_a_url_and_a_token_that_has_run_out_is_no_end_then()
    {
        await ListenAsync(url: "() => `${url}?userToken=${++tokens}`", before: "globalThis.tokens = 0;");
        _socket!.Send(Frame.Version());
        await HappensAsync("listening");

        await _socket!.CloseAsync(new() { Code = 1008, Reason = "Token expired" });
        await HappensAsync("reconnecting refused 1");
        await AcceptAgainAsync();

        Assert.EndsWith("?userToken=2", _socket!.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_say_while_there_is_no_connection_that_one_is_on_its_way()
    {
        await ListenAsync();
        await LoseAsync();
        await HappensAsync("reconnecting closed 1");

        var message = await _page!.EvaluateAsync<string>("client.connectTo('x').catch(error => `${error.code} ${error.message}`)");
        Assert.StartsWith("closed The connection to the signaling server is lost.", message, StringComparison.Ordinal);

        await _page!.EvaluateAsync("client.stopListening()");
        await AcceptAgainAsync();
        await HappensAsync("reconnected");
        await _page!.EvaluateAsync("void client.connectTo('x')");
        await ReceivesAsync(Frame.Of(EventType.NewConnection, 1, "x"));
    }

    /// <summary>Has a client that listens under <c>abc</c>, and tells all its events in <c>events</c>.</summary>
    private async Task ListenAsync(string reconnect = "true", string before = "", string url = "url")
    {
        var listening = _page!.EvaluateAsync($$"""
            async () => {
              const { SignalingClient } = await import('/signaling-client.js');
              const url = '{{Url}}';
              globalThis.events = [];
              globalThis.pauses = [];
              {{before}}
              globalThis.client = new SignalingClient({ reconnect: {{reconnect}} });
              for (const type of ['link', 'linkclosed', 'addressclosed', 'close', 'reconnecting', 'reconnected', 'addressregained', 'addresslost']) {
                client.addEventListener(type, ({ detail }) => {
                  events.push([type, detail?.address, detail?.error === null ? 'null' : detail?.error?.code, detail?.attempt]
                    .filter(word => word !== undefined).join(' '));
                  pauses.push(...detail?.seconds === undefined ? [] : [detail.seconds]);
                });
              }
              await client.connect({{url}});
              await client.listen('abc');
              events.push('listening');
            }
            """);
        _socket = await NextAsync(_accepted.Reader);
        await ReceivesAsync(Listen);
        _socket.Send(Listen);
        await listening;
    }

    private async Task LoseAsync() => await _socket!.CloseAsync(new() { Code = 1001, Reason = "Server stops" });

    private async Task AcceptAgainAsync()
    {
        await TurnClockUntilAsync(_accepted.Reader, "another connection");
        _socket = await NextAsync(_accepted.Reader);
    }

    /// <summary>Lets the page's time pass until it has done something.</summary>
    private async Task TurnClockUntilAsync(Func<Task<bool>> isDone, string what)
    {
        for (var turns = 0; turns < 75; turns++)
        {
            await _page!.Clock.RunForAsync(2 * OneSecond);
            if (await isDone())
                return;
        }

        Assert.Fail($"There was not {what} in 150 s of the page's time, but {await EventsAsync()}.");
    }

    private Task TurnClockUntilAsync<T>(ChannelReader<T> done, string what) =>
        TurnClockUntilAsync(() => Task.FromResult(done.TryPeek(out _)), what);

    private async Task HappensAsync(string happening) =>
        await _page!.WaitForFunctionAsync("happening => events.includes(happening)", happening, new() { PollingInterval = 20 });

    private Task<string> EventsAsync() => _page!.EvaluateAsync<string>("events.join()");

    /// <summary>Waits for a frame; versions are passed over.</summary>
    private async Task ReceivesAsync(byte[] expected)
    {
        byte[] frame;
        do
        {
            frame = await NextAsync(_received.Reader);
        }
        while (frame is [(byte)EventType.MetaVersion, ..]);
        Assert.Equal(expected, frame);
    }

    private static async Task<T> NextAsync<T>(ChannelReader<T> from)
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await from.ReadAsync(timeout.Token);
    }
}
