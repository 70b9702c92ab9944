using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Gateway.Ice;

/// <summary>What <c>/api/ice</c> tells, and whom.</summary>
public sealed class IceEndpointTests : IDisposable
{
    private const string Secret = "the turn secret";
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_peer_is_told_of_the_servers_with_a_password_that_the_secret_has_made()
    {
        await using var node = await StartAsync();

        using var answer = await _client.GetAsync(new Uri(node.Http, "/api/ice?app=/callapp"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var servers = json.RootElement.GetProperty("iceServers");
        Assert.Equal("""{"urls":["stun:turn.example.com:3478"]}""", servers[0].GetRawText());
        Assert.Equal("turn:turn.example.com:3478?transport=udp", servers[1].GetProperty("urls")[0].GetString());
        Assert.Equal(600, json.RootElement.GetProperty("ttl").GetInt64());
        var (user, password) = CredentialsOf(json);
        var left = long.Parse(user.Split(':')[0], CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(left, 500, 600);
        Assert.Equal(PasswordOf(Secret, user), password);
    }

    [Fact]
    public async Task Who_asks_twice_gets_two_names()
    {
        await using var node = await StartAsync();

        Assert.NotEqual(await UserAsync(node), await UserAsync(node), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_app_may_have_servers_of_its_own()
    {
        await using var node = await StartAsync(options => options.Apps.First(app => app.Path is "/callapp").Ice = new IceOptions
        {
            TurnUrls = { "turn:other.example.com" },
            SecretFile = _folder.Write("other-secret", "another"),
        });

        using var own = await AskAsync(node, "app=/callapp");
        using var common = await AskAsync(node, "app=/chatapp");

        Assert.Equal("turn:other.example.com", own.RootElement.GetProperty("iceServers")[0].GetProperty("urls")[0].GetString());
        Assert.Equal(PasswordOf("another", CredentialsOf(own).User), CredentialsOf(own).Password);
        Assert.Equal(PasswordOf(Secret, CredentialsOf(common).User), CredentialsOf(common).Password);
    }

    [Fact]
    public async Task Without_servers_the_list_is_empty()
    {
        await using var node = await TestNode.StartAsync();

        using var json = await AskAsync(node, "app=/callapp");

        Assert.Equal("""{"iceServers":[],"ttl":3600}""", json.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("GET", "/api/ice", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/ice?app=/CallApp", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/ice?app=/callapp", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/ICE?app=/callapp", HttpStatusCode.NotFound)]
    public async Task Other_requests_are_refused(string method, string path, HttpStatusCode status)
    {
        await using var node = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(node.Http, path));

        using var answer = await _client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Where_tokens_are_asked_for_a_password_takes_one_too()
    {
        await using var node = await StartAsync(options => options.AdminToken = "admin");
        using var refused = await _client.GetAsync(new Uri(node.Http, "/api/ice?app=/callapp&userToken=wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        await TokenApi.AskAsync(node.Http, """{"userToken": "mine", "timeout": 60}""", "admin");

        using var json = await AskAsync(node, "app=/callapp&userToken=mine");
        using var again = await AskAsync(node, "app=/callapp&userToken=mine");
        Assert.Equal(CredentialsOf(json).User.Split(':')[1], CredentialsOf(again).User.Split(':')[1]); // the TURN server counts by it
    }

    [Theory]
    [InlineData("https://example.com", HttpStatusCode.OK, "https://example.com")]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden, null)]
    public async Task A_page_may_read_it_where_it_may_open_a_socket(string origin, HttpStatusCode status, string? allowed)
    {
        await using var node = await StartAsync(options => options.Origins = ["https://example.com"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node.Http, "/api/ice?app=/callapp"));
        request.Headers.Add("Origin", origin);

        using var answer = await _client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task A_secret_that_changes_makes_the_next_passwords()
    {
        await using var node = await StartAsync(options => options.Tokens.RereadInterval = TimeSpan.FromSeconds(1));
        _folder.Write("secret", "a new one");

        await Peers.Eventually.BecomesAsync(
            async () =>
            {
                using var json = await AskAsync(node, "app=/callapp");
                var (user, password) = CredentialsOf(json);
                return string.Equals(password, PasswordOf("a new one", user), StringComparison.Ordinal);
            },
            isNew => isNew,
            TimeSpan.FromSeconds(30));
    }

    private static string PasswordOf(string secret, string user) =>
#pragma warning disable CA5350 // as TURN servers compute it
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user)));
#pragma warning restore CA5350

    private static (string User, string Password) CredentialsOf(JsonDocument json)
    {
        var servers = json.RootElement.GetProperty("iceServers");
        var turn = servers[servers.GetArrayLength() - 1];
        return (turn.GetProperty("username").GetString()!, turn.GetProperty("credential").GetString()!);
    }

    private async Task<string> UserAsync(TestNode node)
    {
        using var json = await AskAsync(node, "app=/callapp");
        return CredentialsOf(json).User;
    }

    private async Task<JsonDocument> AskAsync(TestNode node, string query) =>
        JsonDocument.Parse(await _client.GetStringAsync(new Uri(node.Http, $"/api/ice?{query}")));

    private Task<TestNode> StartAsync(Action<SignalingOptions>? configure = null) => TestNode.StartAsync(options =>
    {
        options.Ice = new IceOptions
        {
            StunUrls = { "stun:turn.example.com:3478" },
            TurnUrls = { "turn:turn.example.com:3478?transport=udp" },
            SecretFile = _folder.Write("secret", Secret + "\n"),
            Ttl = TimeSpan.FromMinutes(10),
        };
        configure?.Invoke(options);
    });
}
