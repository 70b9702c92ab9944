using System.Diagnostics;
using System.Net;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

public sealed class TokenClusterTests(TokenNodes nodes) : IClassFixture<TokenNodes>
{
    private const int Many = 100;

    [Fact]
    public async Task A_token_is_good_on_every_node_as_soon_as_it_is_registered()
    {
        for (var i = 0; i < Many; i++)
        {
            var (here, there) = i % 2 == 0 ? (nodes.First, nodes.Second) : (nodes.Second, nodes.First);
            Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(here.Http, $"soon {i}"));
            await ExpectWelcomeAsync(there, $"soon {i}");
        }
    }

    [Fact]
    public async Task A_token_may_be_renewed_on_any_node()
    {
        await TokenApi.RegisterAsync(nodes.First.Http, "renewed", 60);
        nodes.Time.Advance(TimeSpan.FromSeconds(50));
        await TokenApi.RegisterAsync(nodes.Second.Http, "renewed", 60);
        nodes.Time.Advance(TimeSpan.FromSeconds(50));
        await ExpectWelcomeAsync(nodes.First, "renewed");
        await ExpectWelcomeAsync(nodes.Second, "renewed");

        await TokenApi.RegisterAsync(nodes.First.Http, "renewed", 0);
        await using var late = await TestPeer.ConnectAsync(nodes.Second.App("/callapp").WithToken("renewed"));
        Assert.Equal((1008, "Invalid token"), await late.ExpectCloseAsync());
    }

    [Fact]
    public async Task A_node_knows_all_tokens_before_it_serves()
    {
        for (var i = 0; i < Many; i++)
            await TokenApi.RegisterAsync(nodes.First.Http, $"early {i}", 3600);

        await using var third = await TokenNode.StartAsync(nodes.Time, seed: nodes.First);

        for (var i = 0; i < Many; i++)
            await ExpectWelcomeAsync(third, $"early {i}");
    }

    [Fact]
    public async Task While_a_node_does_not_answer_a_registration_says_so_in_time()
    {
        const string Settings = $"\"adminToken\": \"{TokenApi.AdminToken}\",";
        (string, string) timeout = ("SIGNALING__TOKENS__REGISTERTIMEOUT", "00:00:01");
        await using var first = await NodeProcess.StartAsync(seed: null, Settings, timeout);
        await using var second = await NodeProcess.StartAsync(first, Settings, timeout);
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(first.Http, "before"));

        await second.SignalAsync("STOP");
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TokenApi.RegisterAsync(first.Http, "meanwhile"));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        await using var peer = await TestPeer.ConnectAsync(first.App("/callapp").WithToken("before"));
        await peer.ExpectNothingAsync();

        await second.SignalAsync("CONT");
        await Eventually.BecomesAsync(
            () => TokenApi.RegisterAsync(first.Http, "meanwhile"), status => status == HttpStatusCode.OK, TimeSpan.FromSeconds(20));
        await using var other = await TestPeer.ConnectAsync(second.App("/callapp").WithToken("meanwhile"));
        await other.ExpectNothingAsync();
    }

    private static async Task ExpectWelcomeAsync(TestNode node, string token)
    {
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp").WithToken(token));
        await peer.ExpectNothingAsync();
    }
}
