using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Gateway.Tokens.Signed;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

public sealed class FailedAttemptsTests
{
    private const int Most = 3;
    private const string Body = """{"userToken": "abc", "timeout": 60}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IPAddress Home = IPAddress.Parse("2001:db8::1");

    [Fact]
    public void Each_client_has_its_own_attempts_and_each_kind()
    {
        using var failures = Failures(TimeSpan.FromHours(1));
        for (var i = 0; i < Most; i++)
        {
            Assert.False(failures.IsThrottled(FailedAttempts.Kind.Socket, Home));
            failures.Count(FailedAttempts.Kind.Socket, Home);
        }

        Assert.True(failures.IsThrottled(FailedAttempts.Kind.Socket, Home));
        Assert.True(failures.IsThrottled(FailedAttempts.Kind.Socket, IPAddress.Parse("2001:db8::2:3")));
        Assert.False(failures.IsThrottled(FailedAttempts.Kind.Socket, IPAddress.Parse("2001:db8:0:1::1")));
        Assert.False(failures.IsThrottled(FailedAttempts.Kind.Registration, Home));
    }

    [Fact]
    public async Task An_attempt_comes_back_with_time()
    {
        using var failures = Failures(TimeSpan.FromSeconds(0.5));
        for (var i = 0; i <= Most; i++)
            failures.Count(FailedAttempts.Kind.Registration, Home);
        Assert.True(failures.IsThrottled(FailedAttempts.Kind.Registration, Home));

        await Eventually.BecomesAsync(() => failures.IsThrottled(FailedAttempts.Kind.Registration, Home), throttled => !throttled, Patience);
    }

    [Fact]
    public async Task Few_attempts_of_one_client_are_looked_at_at_once()
    {
        using var failures = Failures(TimeSpan.FromHours(1));
        var turns = new List<IDisposable>();
        ValueTask<System.Threading.RateLimiting.RateLimitLease> next;
        while ((next = failures.TakeTurnAsync(Home, default)).IsCompleted)
            turns.Add(await next);
        Assert.Equal(4, turns.Count);
        using var other = await failures.TakeTurnAsync(IPAddress.Loopback, default).AsTask().WaitAsync(Patience);

        turns[0].Dispose();

        using var turn = await next.AsTask().WaitAsync(Patience);
        Assert.True(turn.IsAcquired);
        turns.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task Who_guesses_admin_tokens_is_told_to_wait_whatever_comes_next()
    {
        await using var node = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(node.Http, Body)).Status);
        for (var i = 0; i < Most; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(node.Http, Body, "wrong")).Status);

        var answer = await RawHttp.SendAsync(
            node.Http, $"POST {TokenEndpoint.Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: wrong\r\nContent-Length: 0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: 3600\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TokenApi.AskAsync(node.Http, Body)).Status);

        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp").WithToken("abc"));
        await peer.ExpectNothingAsync();
    }

    [Fact]
    public async Task Registrations_that_succeed_count_for_nothing()
    {
        await using var node = await StartAsync();

        for (var i = 0; i < 3 * Most; i++)
            Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(node.Http, Body)).Status);
    }

    [Fact]
    public async Task A_peer_with_a_good_token_is_welcome_from_a_throttled_address_too()
    {
        await using var keys = await KeySetServer.StartAsync();
        var signer = TestSigner.Es256("known");
        keys.Give(signer);
        await using var node = await StartAsync(options => options.Tokens.Signed.KeySetUrl = keys.Url);
        await TokenApi.RegisterAsync(node.Http, "registered");
        var signed = signer.SignUntil(DateTimeOffset.UtcNow.AddMinutes(5));
        await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(signed));

        for (var i = 0; i <= Most; i++)
            await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken("wrong"));
        Assert.True(node.Services.GetRequiredService<FailedAttempts>().IsThrottled(FailedAttempts.Kind.Socket, IPAddress.Loopback));

        await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(signed));
        await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken("registered"));
    }

    [Fact]
    public async Task For_a_throttled_address_no_keys_are_fetched()
    {
        await using var keys = await KeySetServer.StartAsync();
        await using var node = await StartAsync(options =>
        {
            options.Tokens.Signed.KeySetUrl = keys.Url;
            options.Tokens.Signed.RetryInterval = TimeSpan.Zero; // each unknown key asks for a fetch
        });
        var before = keys.Asked;
        for (var i = 0; i < 3 * Most; i++)
            await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken(TestSigner.Es256("unknown").Sign("\"exp\": 4000000000")));

        Assert.InRange(keys.Asked - before, 1, Most + 1); // the one at start may have come late
    }

    [Fact]
    public async Task A_peer_without_a_token_has_not_guessed()
    {
        await using var node = await StartAsync();
        for (var i = 0; i <= Most; i++)
            await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp"));

        Assert.False(node.Services.GetRequiredService<FailedAttempts>().IsThrottled(FailedAttempts.Kind.Socket, IPAddress.Loopback));
    }

    private static FailedAttempts Failures(TimeSpan interval)
    {
        var options = new SignalingOptions();
        (options.Tokens.MaxFailures, options.Tokens.FailureInterval) = (Most, interval);
        return new FailedAttempts(Options.Create(options));
    }

    private static Task<TestNode> StartAsync(Action<SignalingOptions>? configure = null) => TokenNode.StartAsync(TimeProvider.System, options =>
    {
        (options.Tokens.MaxFailures, options.Tokens.FailureInterval) = (Most, TimeSpan.FromHours(1));
        configure?.Invoke(options);
    });
}
