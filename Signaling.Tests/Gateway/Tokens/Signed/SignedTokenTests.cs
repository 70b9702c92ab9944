using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

public sealed class SignedTokenTests(SignedTokenNode signed) : IClassFixture<SignedTokenNode>
{
    public static TheoryData<string> Algorithms { get; } = ["HS256", "RS256", "ES256"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_of_each_algorithm_is_welcome(string algorithm) =>
        await SignedTokenNode.ExpectWelcomeAsync(signed.App.WithToken(By(algorithm).SignUntil(signed.Soon)));

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_of_somebody_elses_key_is_refused(string algorithm)
    {
        var other = algorithm switch
        {
            "HS256" => TestSigner.Hs256("another secret of thirty-two bytes"),
            "RS256" => TestSigner.Rs256(),
            _ => TestSigner.Es256("curve"),
        };
        var token = other.SignUntil(signed.Soon);

        Assert.Equal(TokenFault.Signature, await signed.FaultOfAsync(token));
        await SignedTokenNode.ExpectRefusedAsync(signed.App.WithToken(token));
    }

    [Fact]
    public async Task A_key_that_is_not_known_is_told_apart() =>
        Assert.Equal(TokenFault.UnknownKey, await signed.FaultOfAsync(TestSigner.Es256("other").SignUntil(signed.Soon)));

    [Fact]
    public async Task A_peer_without_a_token_is_refused() => await SignedTokenNode.ExpectRefusedAsync(signed.App);

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("hs256")]
    [InlineData("HS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    [InlineData("")]
    public async Task No_other_algorithm_is_taken(string algorithm)
    {
        var token = signed.Hs256.Sign($"\"exp\": {signed.Soon.ToUnixTimeSeconds()}", $$"""{"alg":"{{algorithm}}"}""");

        Assert.Equal(TokenFault.Algorithm, await signed.FaultOfAsync(token));
        Assert.Equal(TokenFault.Algorithm, await signed.FaultOfAsync(token[..(token.LastIndexOf('.') + 1)]));
        await SignedTokenNode.ExpectRefusedAsync(signed.App.WithToken(token));
    }

    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        foreach (var pem in (string[])[signed.Rs256.Pem, signed.Rs256.Pem.Trim(), signed.Rs256.Pem + "\n"])
            Assert.Equal(TokenFault.Signature, await signed.FaultOfAsync(TestSigner.Hs256(pem).SignUntil(signed.Soon)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_key_signs_with_its_own_algorithm_alone(string other)
    {
        var token = signed.Hs256.Sign($"\"exp\": {signed.Soon.ToUnixTimeSeconds()}", $$"""{"alg":"{{other}}"}""");

        Assert.Equal(TokenFault.Signature, await signed.FaultOfAsync(token));
    }

    [Theory]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256"}""")]
    [InlineData("""{"alg":256}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""[]""")]
    [InlineData("""nothing""")]
    public async Task A_header_that_says_something_else_is_refused(string header) =>
        Assert.Equal(TokenFault.Malformed, await signed.FaultOfAsync(signed.Hs256.Sign($"\"exp\": {signed.Soon.ToUnixTimeSeconds()}", header)));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("e.e.e")]
    [InlineData("eyJhbGciOiJub25lIn0..")]
    [InlineData("a.b.c.d.e")]
    public async Task What_is_no_token_at_all_is_refused(string token)
    {
        Assert.NotNull(await signed.FaultOfAsync(token));
        await SignedTokenNode.ExpectRefusedAsync(signed.App.WithToken(token));
    }

    [Fact]
    public async Task The_header_of_a_request_may_hold_it_and_only_as_a_bearers()
    {
        var token = signed.Es256.SignUntil(signed.Soon);

        await using var peer = await TestPeer.ConnectWithAsync(signed.App, $"Bearer {token}");
        await peer.ExpectNothingAsync();
        await using var other = await TestPeer.ConnectWithAsync(signed.App, $"Basic {token}");
        Assert.Equal((1008, "Invalid token"), await other.ExpectCloseAsync());
    }

    [Fact]
    public async Task A_sub_protocol_may_hold_it_and_another_is_chosen_where_there_is_one()
    {
        var token = "bearer." + signed.Hs256.SignUntil(signed.Soon);

        await using var alone = await TestPeer.ConnectAsync(signed.App, token);
        await alone.ExpectNothingAsync();
        Assert.Equal(token, alone.SubProtocol);
        await using var first = await TestPeer.ConnectAsync(signed.App, token, "mine", "other");
        await first.ExpectNothingAsync();
        Assert.Equal("mine", first.SubProtocol);
        await using var bad = await TestPeer.ConnectAsync(signed.App, "mine", token[..^5]);
        Assert.Equal((1008, "Invalid token"), await bad.ExpectCloseAsync());
    }

    [Fact]
    public async Task No_token_can_be_registered_where_there_is_no_admin_token() =>
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await TokenApi.RegisterAsync(signed.Node.Http, "any"));

    [Fact]
    public async Task The_token_is_looked_at_before_the_path()
    {
        await SignedTokenNode.ExpectRefusedAsync(signed.Node.App("/nope"));
        await using var peer = await TestPeer.ConnectAsync(signed.Node.App("/nope").WithToken(signed.Hs256.SignUntil(signed.Soon)));
        Assert.Equal((1008, "Unknown app"), await peer.ExpectCloseAsync());
    }

    private TestSigner By(string algorithm) => algorithm switch
    {
        "HS256" => signed.Hs256,
        "RS256" => signed.Rs256,
        _ => signed.Es256,
    };
}
