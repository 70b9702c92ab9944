using System.Net;
using Signaling.Tests.Browser;
using Xunit;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>The pages of the service where a balancer serves them under a path of their own.</summary>
[Collection(BalancerCollection.Name)]
public sealed class SubPathTests(BalancedNodes nodes, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task Two_demo_pages_meet(string name)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);
        var context = await chromium.NewContextAsync();
        try
        {
            // Without its slash, as one would type it.
            var url = new Uri(balancer.Http, $"/signaling/demo?address={Guid.NewGuid()}");
            var first = await DemoPage.OpenAsync(context, url);
            var second = await DemoPage.OpenAsync(context, url);
            await first.ChoosePictureAsync();
            await second.ChoosePictureAsync();
            await first.JoinAsync();
            await first.ReachesAsync("waiting");
            await second.JoinAsync();
            await first.ReachesAsync("connected");
            await second.ReachesAsync("connected");
        }
        finally
        {
            await context.CloseAsync();
        }
    }

    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task The_path_without_its_slash_leads_to_the_page_that_says_running(string name)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(balancer.Http, "/signaling"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/signaling/", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("running ...", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
