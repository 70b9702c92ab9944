using System.Net;
using System.Net.Http.Json;
using Signaling.Actors.Protocol;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>User tokens are good on every node.</summary>
public sealed class UserTokenTests : IAsyncLifetime
{
    private const string Admin = "the admin's";
    private TestNode _first = null!;
    private TestNode _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestNode.StartAsync(options => options.AdminToken = Admin);
        _second = await TestNode.StartAsync(options => options.AdminToken = Admin, seed: _first);
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task A_token_is_good_on_the_other_node_when_its_registration_returns()
    {
        for (var i = 0; i < 20; i++)
        {
            var (here, there) = i % 2 == 0 ? (_first, _second) : (_second, _first);
            await RegisterAsync(here, $"token {i}");
            await AssertServedAsync(there, $"token {i}");
        }
    }

    [Fact]
    public async Task A_node_that_joins_later_knows_the_tokens_when_it_serves()
    {
        await RegisterAsync(_first, "early");
        await using var third = await TestNode.StartAsync(options => options.AdminToken = Admin, seed: _first);

        await AssertServedAsync(third, "early");
    }

    private static async Task RegisterAsync(TestNode node, string token)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Admin);
        var url = new Uri(node.Http, "/api/admin/regUserToken");
        using var answer = await client.PostAsJsonAsync(url, new { userToken = token, timeout = 60 });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task AssertServedAsync(TestNode node, string token)
    {
        await using var peer = await TestPeer.ConnectAsync(node.App($"/callapp?userToken={Uri.EscapeDataString(token)}"));
        await peer.SendAsync(Frame.Heartbeat());
        await peer.ExpectAsync(Frame.Heartbeat());
    }
}
