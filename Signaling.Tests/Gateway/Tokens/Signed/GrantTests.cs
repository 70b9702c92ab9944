using System.Text.Json;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

public sealed class GrantTests(SignedTokenNode signed) : IClassFixture<SignedTokenNode>
{
    private const short Link = 1;

    [Theory]
    [InlineData("\"signaling\": {}")]
    [InlineData("\"signaling\": {\"apps\": [\"/x\", \"/callapp\"], \"addresses\": [\"room-*\", \"other\"], \"listen\": true, \"connect\": true, \"links\": 20}")]
    [InlineData("\"other\": {\"apps\": []}")]
    public async Task What_is_granted_may_be_done(string claims)
    {
        var url = signed.App.WithToken(Token(claims));
        await using var host = await TestPeer.ListenAsync(url, "room-1");
        await using var guest = await TestPeer.ConnectAsync(url);
        await guest.SendAsync(Frame.Of(EventType.NewConnection, Link, "room-1"));

        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, Link));
    }

    [Theory]
    [InlineData("\"signaling\": {\"listen\": false}")]
    [InlineData("\"signaling\": {\"addresses\": [\"room-*\"]}")]
    [InlineData("\"signaling\": {\"addresses\": []}")]
    public async Task Who_may_not_listen_is_denied(string claims)
    {
        await using var peer = await TestPeer.ConnectAsync(signed.App.WithToken(Token(claims)));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "hall"));

        await peer.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "hall"));
    }

    [Theory]
    [InlineData("\"signaling\": {\"connect\": false}")]
    [InlineData("\"signaling\": {\"addresses\": [\"room-*\"]}")]
    public async Task Who_may_not_connect_is_denied(string claims)
    {
        await using var host = await TestPeer.ListenAsync(signed.App.WithToken(Token("")), $"hall {claims}");
        await using var guest = await TestPeer.ConnectAsync(signed.App.WithToken(Token(claims)));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, Link, $"hall {claims}"));

        await guest.ExpectAsync(Frame.Of(EventType.ConnectionFailed, Link));
    }

    [Theory]
    [InlineData("[\"/chatapp\"]")]
    [InlineData("[\"/CallApp\"]")]
    [InlineData("[\"/callapp/\"]")]
    [InlineData("[\"/*\"]")]
    [InlineData("[]")]
    public async Task Another_app_is_refused(string apps) =>
        await SignedTokenNode.ExpectRefusedAsync(signed.App.WithToken(Token($"\"signaling\": {{\"apps\": {apps}}}")));

    [Fact]
    public async Task Who_asks_for_an_app_that_the_token_is_not_for_learns_not_whether_there_is_one() =>
        await SignedTokenNode.ExpectRefusedAsync(signed.Node.App("/nope").WithToken(Token("\"signaling\": {\"apps\": [\"/callapp\"]}")));

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"all\"")]
    [InlineData("[]")]
    [InlineData("{\"apps\": \"/callapp\"}")]
    [InlineData("{\"apps\": null}")]
    [InlineData("{\"apps\": [\"/callapp\", 1]}")]
    [InlineData("{\"addresses\": \"*\"}")]
    [InlineData("{\"addresses\": [null]}")]
    [InlineData("{\"adresses\": [\"room-*\"]}")]
    [InlineData("{\"Listen\": false}")]
    [InlineData("{\"listen\": \"false\"}")]
    [InlineData("{\"listen\": 0}")]
    [InlineData("{\"listen\": null}")]
    [InlineData("{\"connect\": 1}")]
    [InlineData("{\"links\": -1}")]
    [InlineData("{\"links\": 1.5}")]
    [InlineData("{\"links\": \"2\"}")]
    [InlineData("{\"links\": 3000000000}")]
    public async Task A_grant_that_can_not_be_read_grants_nothing(string grant)
    {
        var token = Token($"\"signaling\": {grant}");

        Assert.Equal(TokenFault.Grant, await signed.FaultOfAsync(token));
        await SignedTokenNode.ExpectRefusedAsync(signed.App.WithToken(token));
    }

    [Fact]
    public async Task Neither_does_one_that_says_a_thing_twice() =>
        Assert.Equal(TokenFault.Malformed, await signed.FaultOfAsync(Token("\"signaling\": {\"listen\": false, \"listen\": true}")));

    [Fact]
    public void A_grant_has_an_end()
    {
        Assert.Null(Read($"{{\"addresses\": [{string.Join(',', Enumerable.Repeat("\"x\"", 65))}]}}"));
        Assert.Null(Read($"{{\"addresses\": [\"{new string('*', 513)}\"]}}"));
        Assert.NotNull(Read($"{{\"addresses\": [\"{new string('*', 512)}\"]}}"));
    }

    [Fact]
    public void As_many_links_as_it_says() => Assert.Equal(20, Read("{\"links\": 20}")!.Rights.MostLinks);

    [Fact]
    public void Peers_of_one_subject_are_one_owner_and_others_are_whoever_has_the_token()
    {
        Assert.Equal(TokenOwner.Of("me", "anna"), TokenOwner.Of("me", "anna"));
        Assert.NotEqual(TokenOwner.Of("me", "anna"), TokenOwner.Of("you", "anna"));
        Assert.NotEqual(TokenOwner.Of("mea", "nna"), TokenOwner.Of("me", "anna"));
        Assert.NotEqual(TokenOwner.Of("", "anna"), TokenOwner.Of(issuer: null, "anna"));
        Assert.NotEqual(TokenOwner.Of("-1 anna"), TokenOwner.Of(issuer: null, "anna"));
        Assert.NotEqual(default, TokenOwner.Of("abc"));
    }

    private static TokenGrant? Read(string grant)
    {
        using var json = JsonDocument.Parse(grant);
        return TokenGrant.Read(json.RootElement);
    }

    private string Token(string claims) => signed.Hs256.SignUntil(signed.Soon, claims);
}
