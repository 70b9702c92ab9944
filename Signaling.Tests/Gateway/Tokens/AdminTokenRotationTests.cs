using System.Net;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

public sealed class AdminTokenRotationTests : IDisposable
{
    private const string Body = """{"userToken": "abc", "timeout": 60}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_token_and_the_one_before_it_register_others_and_nothing_else_does()
    {
        await using var node = await TokenNode.StartAsync(_time, options => options.Tokens.PreviousAdminToken = "the previous one");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(node, TokenApi.AdminToken));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(node, "the previous one"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(node, "Bearer the previous one"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(node, "the previous on"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(node, ""));
    }

    [Fact]
    public async Task Both_are_replaced_in_their_files_without_a_restart()
    {
        await using var node = await TokenNode.StartAsync(_time, options =>
        {
            options.AdminToken = null;
            options.Tokens.MaxFailures = 10_000;
            options.Tokens.AdminTokenFile = _folder.Write("token", "one");
            options.Tokens.PreviousAdminTokenFile = _folder.Write("previous", "one");
        });

        _folder.Write("token", "two\n");
        await ExpectAsync(node, "two", HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(node, "one"));

        _folder.Write("previous", "two\n");
        await ExpectAsync(node, "one", HttpStatusCode.Unauthorized);

        _folder.Write("token", ""); // half of a replacement
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(node, "two"));
    }

    [Fact]
    public async Task A_previous_one_alone_is_a_mistake()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => TestNode.StartAsync(options => options.Tokens.PreviousAdminToken = "one"));

        Assert.Equal("signaling.tokens has a previous admin token, and there is no adminToken; set that, or remove the previous one.", error.Message);
    }

    private Task ExpectAsync(TestNode node, string token, HttpStatusCode status) => Eventually.BecomesAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return AskAsync(node, token);
        },
        answer => answer == status,
        Patience);

    private static async Task<HttpStatusCode> AskAsync(TestNode node, string token) => (await TokenApi.AskAsync(node.Http, Body, token)).Status;
}
