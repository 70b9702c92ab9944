using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>Keys that a URL gives, which may fail, and come back.</summary>
public sealed class FetchedKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestSigner _first = TestSigner.Rs256("first");
    private readonly TestSigner _second = TestSigner.Es256("second");
    private KeySetServer _server = null!;

    public async Task InitializeAsync() => _server = await KeySetServer.StartAsync(_first);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_token_is_good_from_the_first_socket_on()
    {
        await using var node = await StartAsync();

        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
        await SignedTokenNode.ExpectRefusedAsync(AppOf(node, TestSigner.Rs256("first")));
    }

    [Fact]
    public async Task A_new_key_is_fetched_when_the_first_token_of_it_comes()
    {
        await using var node = await StartAsync();
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));

        _server.Give(_first, _second);
        _time.Advance(TimeSpan.FromSeconds(10));

        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _second));
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
    }

    [Fact]
    public async Task Unknown_keys_ask_for_one_fetch_in_so_many_seconds_however_many_they_are()
    {
        await using var node = await StartAsync();
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
        Assert.Equal(1, _server.Asked);

        for (var i = 0; i < 5; i++)
            await SignedTokenNode.ExpectRefusedAsync(AppOf(node, TestSigner.Es256($"unknown {i}")));
        Assert.Equal(1, _server.Asked);

        _time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => SignedTokenNode.ExpectRefusedAsync(AppOf(node, TestSigner.Es256($"more {i}")))));
        Assert.Equal(2, _server.Asked);
    }

    [Fact]
    public async Task A_key_that_is_taken_back_is_so_at_the_next_refresh()
    {
        await using var node = await StartAsync();
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));

        _server.Give(_second);
        await Eventually.BecomesAsync<TokenFault?>(
            () =>
            {
                _time.Advance(TimeSpan.FromMinutes(15));
                return SignedTokenNode.FaultOfAsync(node, Token(_first));
            },
            fault => fault == TokenFault.UnknownKey,
            Patience);
    }

    [Fact]
    public async Task While_the_URL_fails_the_keys_of_before_go_on_and_when_it_comes_back_so_do_new_ones()
    {
        await using var node = await StartAsync(signed => signed.FetchTimeout = TimeSpan.FromSeconds(1));
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));

        foreach (var answer in Faults())
        {
            var asked = _server.Asked;
            _server.Answer = answer;
            await AskAgainAsync(asked);
            await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
            await SignedTokenNode.ExpectRefusedAsync(AppOf(node, _second));
        }

        _server.Give(_second);
        await Eventually.BecomesAsync<TokenFault?>(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return SignedTokenNode.FaultOfAsync(node, Token(_second));
            },
            fault => fault is null,
            Patience);
    }

    [Fact]
    public async Task A_node_starts_while_the_URL_fails_and_takes_tokens_once_it_answers()
    {
        _server.Fail();
        await using var node = await StartAsync();
        await SignedTokenNode.ExpectRefusedAsync(AppOf(node, _first));

        _server.Give(_first);
        _time.Advance(TimeSpan.FromSeconds(10));

        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
    }

    [Fact]
    public async Task A_secret_is_not_taken_from_a_URL_nor_a_public_key_for_one()
    {
        _server.Answer = context => context.Response.WriteAsync("""{"keys": [{"kty": "oct", "alg": "HS256", "k": "YSBzZWNyZXQgb2YgYXQgbGVhc3QgdGhpcnR5LXR3byBieXRlcw"}]}""");
        await using var node = await StartAsync();

        var fetched = node.Services.GetRequiredService<FetchedKeys>();
        Assert.True(await fetched.RefreshAsync());
        Assert.Empty(fetched.Keys);
        Assert.Equal(TokenFault.Algorithm, await SignedTokenNode.FaultOfAsync(node, Token(TestSigner.Hs256(SignedTokenNode.Secret))));
    }

    [Fact]
    public async Task A_key_without_a_name_does_not_hide_that_a_named_one_is_new()
    {
        using var folder = new TemporaryFolder();
        var (nameless, named) = (TestSigner.Rs256(), TestSigner.Rs256("named"));
        await using var node = await StartAsync(signed => signed.PublicKeyFile = folder.Write("key.pem", nameless.Pem));
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, _first));
        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, nameless));
        Assert.Null(await SignedTokenNode.FaultOfAsync(node, nameless.Sign("\"exp\": 2000000000", """{"alg":"RS256","kid":"any"}""")));

        _server.Give(named);
        _time.Advance(TimeSpan.FromSeconds(10));

        await SignedTokenNode.ExpectWelcomeAsync(AppOf(node, named));
    }

    [Fact]
    public async Task What_comes_of_a_fetch_is_logged_without_what_may_be_a_secret()
    {
        using var log = new RecordingLog();
        var options = new SignalingOptions();
        options.Tokens.Signed.KeySetUrl = _server.Url + "?key=hidden";
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var fetched = new FetchedKeys(Options.Create(options), _time, loggers.CreateLogger<FetchedKeys>());

        Assert.True(await fetched.RefreshAsync());
        _server.Answer = context => context.Response.WriteAsync("{}");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await fetched.RefreshAsync());

        Assert.Equal(
            [
                $"1 keys of signed tokens have come from {_server.Url}.",
                $"No keys of signed tokens have come from {_server.Url}: it holds no JSON Web Key Set, which is an object with a list \"keys\". The 1 of before go on.",
            ],
            log.Lines);
    }

    private static IEnumerable<RequestDelegate> Faults()
    {
        yield return context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        yield return context => context.Response.WriteAsync("no JSON");
        yield return context => context.Response.WriteAsync("{}");
        yield return context => context.Response.WriteAsync("""{"keys": [{"kty": "RSA", "kid": "first", "n": "AQ", "e": "AQAB"}]}""");
        yield return context => context.Response.WriteAsync($"{{\"keys\": [{new string(' ', 300_000)}]}}");
        yield return context =>
        {
            context.Response.Redirect("/keys");
            return Task.CompletedTask;
        };
        yield return context => Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private Task AskAgainAsync(int asked) => Eventually.BecomesAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMinutes(15));
            return _server.Asked;
        },
        now => now > asked,
        Patience);

    private static Uri AppOf(TestNode node, TestSigner signer) => node.App("/callapp").WithToken(Token(signer));

    private static string Token(TestSigner signer) => signer.Sign("\"exp\": 2000000000");

    private Task<TestNode> StartAsync(Action<SignedTokenOptions>? configure = null) => SignedTokenNode.StartAsync(
        _time,
        signed =>
        {
            signed.KeySetUrl = _server.Url;
            configure?.Invoke(signed);
        },
        options => options.Tokens.MaxFailures = 10_000);
}
