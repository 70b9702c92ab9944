using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>What a signed token says of itself: when it is good, who has issued it and for whom.</summary>
public sealed class ClaimTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
    private readonly TemporaryFolder _folder = new();
    private readonly TestSigner _signer = TestSigner.Hs256(SignedTokenNode.Secret);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"exp\": 1000060", null)]
    [InlineData("\"exp\": 1000060.5", null)]
    [InlineData("\"exp\": 999971", null)] // within the skew
    [InlineData("\"exp\": 999970", nameof(TokenFault.Expired))]
    [InlineData("\"exp\": 0", nameof(TokenFault.Expired))]
    [InlineData("", nameof(TokenFault.NoExpiry))]
    [InlineData("\"exp\": null", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": \"1000060\"", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": -1", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": 1e300", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": 1000060, \"exp\": 1000060", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": 1000060, \"nbf\": 1000030", null)]
    [InlineData("\"exp\": 1000060, \"nbf\": 1000031", nameof(TokenFault.NotYetValid))]
    [InlineData("\"exp\": 1000060, \"nbf\": \"now\"", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": 1000060, \"iat\": 1000031", nameof(TokenFault.NotYetValid))]
    [InlineData("\"exp\": 1000060, \"sub\": 7", nameof(TokenFault.Malformed))]
    [InlineData("\"exp\": 1000060, \"iss\": \"anybody\", \"aud\": \"anything\"", null)]
    public async Task Times_count_and_only_as_numbers(string claims, string? fault) =>
        Assert.Equal(fault, await FaultAsync(claims, _ => { }));

    [Theory]
    [InlineData("\"exp\": 1000060, \"iat\": 999960", null)]
    [InlineData("\"exp\": 1000060, \"iat\": 999959", nameof(TokenFault.LongLife))]
    [InlineData("\"exp\": 1000060", nameof(TokenFault.LongLife))]
    public async Task A_token_may_be_good_for_too_long(string claims, string? fault) =>
        Assert.Equal(fault, await FaultAsync(claims, signed => signed.LongestLife = TimeSpan.FromSeconds(100)));

    [Theory]
    [InlineData("\"iss\": \"me\", \"aud\": \"signaling\"", null)]
    [InlineData("\"iss\": \"me\", \"aud\": [\"other\", \"signaling\"]", null)]
    [InlineData("\"iss\": \"me\", \"aud\": \"other\"", nameof(TokenFault.Audience))]
    [InlineData("\"iss\": \"me\", \"aud\": []", nameof(TokenFault.Audience))]
    [InlineData("\"iss\": \"me\"", nameof(TokenFault.Audience))]
    [InlineData("\"iss\": \"Me\", \"aud\": \"signaling\"", nameof(TokenFault.Issuer))]
    [InlineData("\"aud\": \"signaling\"", nameof(TokenFault.Issuer))]
    public async Task Issuer_and_audience_count_where_they_are_configured(string claims, string? fault) =>
        Assert.Equal(fault, await FaultAsync($"\"exp\": 1000060, {claims}", signed => (signed.Issuer, signed.Audience) = ("me", "signaling")));

    [Fact]
    public async Task A_clock_may_be_off_by_as_much_as_is_configured() =>
        Assert.Equal(nameof(TokenFault.Expired), await FaultAsync("\"exp\": 1000000", signed => signed.ClockSkew = TimeSpan.Zero));

    [Fact]
    public async Task A_socket_stays_open_past_the_end_of_its_token()
    {
        await using var node = await StartAsync(_ => { });
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp").WithToken(_signer.Sign("\"exp\": 1000010")));
        await peer.ExpectNothingAsync();

        _time.Advance(TimeSpan.FromMinutes(2));

        await peer.ExpectNothingAsync();
    }

    [Fact]
    public async Task Where_that_is_asked_for_it_is_closed_then_and_no_other()
    {
        await using var node = await StartAsync(signed => signed.CloseAtExpiry = true);
        await using var brief = await TestPeer.ConnectAsync(node.App("/callapp").WithToken(_signer.Sign("\"exp\": 1000010")));
        await using var other = await TestPeer.ConnectAsync(node.App("/callapp").WithToken(_signer.Sign("\"exp\": 1000100")));
        await brief.ExpectNothingAsync();
        await other.ExpectNothingAsync();

        _time.Advance(TimeSpan.FromSeconds(39)); // the skew is 30
        await brief.ExpectNothingAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1008, "Token expired"), await brief.ExpectCloseAsync());
        await other.ExpectNothingAsync();
    }

    private async Task<string?> FaultAsync(string claims, Action<SignedTokenOptions> configure)
    {
        var options = new SignalingOptions();
        Configure(options.Tokens.Signed, configure);
        using var fetched = new FetchedKeys(Options.Create(options), _time, NullLogger<FetchedKeys>.Instance);
        var tokens = new SignedTokens(new TokenKeyFiles(options.Tokens.Signed), fetched, Options.Create(options), _time);
        var verdict = await tokens.CheckAsync(_signer.Sign(claims));
        return verdict.Grant is null ? verdict.Fault.ToString() : null;
    }

    private Task<TestNode> StartAsync(Action<SignedTokenOptions> configure) => SignedTokenNode.StartAsync(_time, signed => Configure(signed, configure));

    private void Configure(SignedTokenOptions signed, Action<SignedTokenOptions> configure)
    {
        signed.SecretFile = _folder.Write("secret", SignedTokenNode.Secret);
        configure(signed);
    }
}
