using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Health;

/// <summary>Health and state are told by a listener of its own, which serves nothing else.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private GatewayProcess _node = null!;
    private Uri _public = null!;
    private Uri _internal = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("config.json", """
            {
              "log_verbose": false,
              "httpConfig": {"port": 0, "host": "127.0.0.1"},
              "apps": [{"path": "/callapp"}],
              "signaling": {"internal": {"port": 0}}
            }
            """);
        _node = GatewayProcess.Start(_folder.Path, []);
        _public = await ListeningAsync();
        _internal = await ListeningAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
        _client.Dispose();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/started")]
    [InlineData("/health/ready")]
    public async Task A_node_that_serves_is_healthy(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_internal, path));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("healthy\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/demo/")]
    public async Task The_internal_listener_serves_nothing_that_is_for_peers(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_internal, path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/node")]
    public async Task Peers_are_not_told_about_the_node(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_public, path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_node_tells_its_state_and_nothing_of_its_peers()
    {
        await using var peer = await TestPeer.ListenAsync(new Uri(new UriBuilder(_public) { Scheme = "ws" }.Uri, "/callapp"), "secret-address");

        await Eventually.BecomesAsync(
            async () => (await StateAsync()).GetProperty("shards").GetArrayLength(), shards => shards > 0, TimeSpan.FromSeconds(20));

        var state = await StateAsync();
        Assert.Equal(
            "uid address status leaseHeld draining connections shards members",
            string.Join(' ', state.EnumerateObject().Select(property => property.Name)));
        Assert.StartsWith("akka.tcp://signaling@127.0.0.1:", state.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal("Up", state.GetProperty("status").GetString());
        Assert.True(state.GetProperty("leaseHeld").GetBoolean());
        Assert.False(state.GetProperty("draining").GetBoolean());
        Assert.Equal(1, state.GetProperty("connections").GetInt32());
        Assert.Equal([state.GetProperty("uid").GetInt32()], state.GetProperty("members").EnumerateArray().Select(member => member.GetInt32()));
    }

    private async Task<JsonElement> StateAsync() => await _client.GetFromJsonAsync<JsonElement>(new Uri(_internal, "/node"));

    private async Task<Uri> ListeningAsync()
    {
        var line = await _node.WaitForLineAsync("listening on");
        return new Uri(Regex.Match(line, "http://[^ ]+").Value);
    }
}
