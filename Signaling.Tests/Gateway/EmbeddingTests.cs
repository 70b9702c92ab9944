using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Signaling.Actors.Protocol;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway;

/// <summary>The service as a part of somebody's application, with endpoints, files and rules of its own.</summary>
public sealed class EmbeddingTests : IAsyncLifetime
{
    private const string User = "user";

    private readonly TemporaryFolder _folder = new();
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("page.html", "their page");
        _node = await TestNode.StartAsync(
            options => options.AdminToken = TokenApi.AdminToken,
            build: builder =>
            {
                builder.Services.AddAuthentication(User).AddScheme<AuthenticationSchemeOptions, UserInQuery>(User, configureOptions: null);
                builder.Services.AddAuthorization();
            },
            map: app =>
            {
                app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(_folder.Path) });
                app.MapGet("/hello", () => "their answer");
                app.MapGet("/callapp", () => "their page about calls");
                app.Map("/echo/{name}", EchoAsync);
                app.MapFallback(() => "their fallback");
            },
            configureEndpoints: signaling => signaling.RequireAuthorization());
        await TokenApi.AskAsync(_node.Http, """{"userToken": "abc", "timeout": 60}""", path: "/api/admin/regUserToken?user=admin");
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/hello", "their answer")]
    [InlineData("/page.html", "their page")]
    [InlineData("/callapp", "their page about calls")]
    [InlineData("/", "their fallback")]
    [InlineData("/conferenceapp", "their fallback")]
    [InlineData("/api/admin/other", "their fallback")]
    public async Task What_is_no_socket_is_theirs(string path, string answer)
    {
        using var client = new HttpClient();

        Assert.Equal(answer, await client.GetStringAsync(new Uri(_node.Http, path)));
    }

    [Fact]
    public async Task A_socket_of_their_own_endpoint_is_theirs()
    {
        await using var peer = await TestPeer.ConnectAsync(_node.App("/echo/any"));
        await peer.SendAsync(Frame.Version());

        await peer.ExpectAsync([.. Frame.Version(), .. Frame.Version()]);
    }

    [Fact]
    public async Task Whom_they_let_in_is_served()
    {
        await using var peer = await TestPeer.ConnectAsync(new Uri(_node.App("/conferenceapp"), "?user=me&userToken=abc"));
        await peer.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whom_they_let_in_needs_a_token_all_the_same()
    {
        await using var peer = await TestPeer.ConnectAsync(new Uri(_node.App("/conferenceapp"), "?user=me"));

        Assert.Equal((1008, "Invalid token"), await peer.ExpectCloseAsync());
    }

    [Theory]
    [InlineData("/conferenceapp")]
    [InlineData("/nope")]
    public async Task Whom_they_do_not_let_in_gets_their_refusal(string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(_node.App(path), "?userToken=abc"), CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Their_rules_hold_for_the_registration_of_tokens_too() =>
        Assert.Equal((HttpStatusCode.Unauthorized, ""), await TokenApi.AskAsync(_node.Http, """{"userToken": "abc", "timeout": 60}"""));

    [Fact]
    public async Task Their_own_middleware_says_where_a_peer_comes_from()
    {
        var log = new RecordingLog();
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        await using var node = await TestNode.StartAsync(
            options => options.LogVerbose = true,
            build: builder => builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(log),
            map: app => app.UseForwardedHeaders(forwarded));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", "198.51.100.7:4711");

        await socket.ConnectAsync(node.App("/callapp"), CancellationToken.None);

        Assert.StartsWith("[198.51.100.7:4711] connected on ", await log.LineAsync("connected on").WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
        byte[] twice = [.. buffer[..received.Count], .. buffer[..received.Count]];
        await socket.SendAsync(twice, WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
    }

    private sealed class RecordingLog : ILoggerProvider, ILogger
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public async Task<string> LineAsync(string text) =>
            await _lines.Reader.ReadAllAsync().FirstAsync(line => line.Contains(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Writer.TryWrite(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    private sealed class UserInQuery(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Query.TryGetValue("user", out var name)
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name.ToString())], User)), User))
                : AuthenticateResult.NoResult());
    }
}
