using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Signaling.Tests.Gateway.Health;

/// <summary>Health is told by a listener of its own, which serves nothing else.</summary>
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
    [InlineData("/api/admin/regUserToken")]
    public async Task The_internal_listener_serves_nothing_that_is_for_peers(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_internal, path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Peers_are_not_told_about_health()
    {
        using var answer = await _client.GetAsync(new Uri(_public, "/health/ready"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<Uri> ListeningAsync()
    {
        var line = await _node.WaitForLineAsync("listening on");
        return new Uri(Regex.Match(line, "http://[^ ]+").Value);
    }
}
