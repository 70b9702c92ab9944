using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Gateway.Admin;

/// <summary>Acts by the internal listener, and what the log says of who did what.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private const string AdminToken = "secret-admin";
    private const string UserToken = "secret-user";

    private readonly HttpClient _client = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(
        seed: null, $"\"adminToken\": \"{AdminToken}\", \"log_verbose\": false,", ("SIGNALING__LOG__FORMAT", "json"));

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Each_act_is_told_with_who_did_it_and_what_came_of_it_and_no_token_is()
    {
        const string Body = $$"""{"userToken": "{{UserToken}}", "timeout": 60}""";
        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(_node.Http, Body, AdminToken)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(_node.Internal, Body, AdminToken)).Status);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(_node.Http, Body, "secret-guess")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await DrainAsync(request => request.Headers.Host = "rebound.attacker.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await DrainAsync(request => request.Headers.Add("Origin", "http://127.0.0.1")));
        Assert.Equal(HttpStatusCode.Forbidden, await DrainAsync(request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret-guess")));
        Assert.Equal(HttpStatusCode.OK, await DrainAsync(request =>
        {
            request.Headers.Host = "node-1.nodes";
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        }));
        await _node.SignalAsync("TERM");

        var (_, output, error) = await _node.WaitForExitAsync();

        var lines = output.Split('\n').Where(line => line.Contains("\"Signaling.Audit\"", StringComparison.Ordinal)).ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(UserToken)))[..8];
        Assert.Equal(2, lines.Count(line => line.Contains($"has registered the user token with hash {hash}... for 60 s: Done.", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains("may not register user tokens: its admin token is wrong or missing, or none is set.", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("may not drain the node: it calls this node by a name that is not its own.", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("has the node drained.", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("The node is drained, as ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("127.0.0.1:", line, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", string.Join('\n', _node.StartLog) + output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_registered_inside_as_they_are_outside_and_nothing_else_of_inside_is_reached_from_outside()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(_node.Internal, "{}", "wrong")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenApi.AskAsync(_node.Internal, "{}", AdminToken)).Status);
        foreach (var path in (string[])["/node", "/node/drain", "/metrics", "/health/ready", "/health/live", "/health/started"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Http, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
            Assert.Equal(HttpStatusCode.NotFound, (await _client.SendAsync(request)).StatusCode);
            using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(_node.Http, path));
            Assert.NotEqual(HttpStatusCode.OK, (await _client.SendAsync(post)).StatusCode);
        }
    }

    [Fact]
    public async Task Who_has_guessed_too_often_is_not_told_when_it_is_right()
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Forbidden, await DrainAsync(request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret-guess")));

        Assert.Equal(HttpStatusCode.Forbidden, await DrainAsync(request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken)));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TokenApi.AskAsync(_node.Internal, "{}", AdminToken)).Status);
    }

    private async Task<HttpStatusCode> DrainAsync(Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_node.Internal, "/node/drain"));
        change(request);
        return (await _client.SendAsync(request)).StatusCode;
    }
}
