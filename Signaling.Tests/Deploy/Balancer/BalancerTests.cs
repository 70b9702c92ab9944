using System.Net;
using Signaling.Tests.Deploy.TryCall;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>The balancers' files of <c>deploy/</c>, run by the real programs before three real nodes.</summary>
[Collection(BalancerCollection.Name)]
public sealed class BalancerTests(BalancedNodes nodes, ITestOutputHelper output)
{
    private const string App = "/callapp";
    private const string Haproxy = "haproxy";
    private const string Nginx = "nginx";
    private const int Calls = 1000;
    private const int Lanes = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(Haproxy)]
    [InlineData(Nginx)]
    public async Task Of_a_thousand_calls_while_a_node_stops_none_fails_at_its_second_try(string name)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);
        var before = nodes.LogLines("] connected on ").Counts;
        await using var calls = CallLoad.Start(balancer.App(App), Lanes);
        await Eventually.BecomesAsync(() => calls.Calls, made => made >= Calls / 3, Patience);

        var stopping = nodes.All[1];
        var term = Moment.Now;
        stopping.Send(Signal.Term);
        var exitCode = await stopping.WaitForExitAsync(Patience);
        var (exit, callsByExit) = (term.Ago, calls.Calls);
        await Eventually.BecomesAsync(() => calls.Calls, made => made >= Calls, Patience);
        await calls.StopAsync();

        int[] sockets = [.. nodes.LogLines("] connected on ").Counts.Zip(before, (now, then) => now - then)];
        output.Say(
            $"balancer-{name}",
            [.. calls.Figures, ("calls_by_exit", callsByExit), ("exit", exit), ("sockets_by_node", string.Join('/', sockets))]);
        Assert.Equal(0, exitCode);
        Assert.True(calls.Calls >= Calls);
        calls.AssertAllWorked();
        Assert.InRange(calls.FirstTriesFailed, 0, Calls / 100);
        Assert.All(sockets, count => Assert.True(count > Calls / 10, $"{count} sockets only: {string.Join('/', sockets)}"));
    }

    [Fact]
    public async Task A_node_that_is_gone_costs_nobody_a_handshake()
    {
        await nodes.WholeAsync();
        await using var haproxy = await RunningBalancer.StartAsync(Haproxy, nodes);
        await using var nginx = await RunningBalancer.StartAsync(Nginx, nodes);
        nodes.All[2].Send(Signal.Kill);
        await nodes.All[2].WaitForExitAsync(Patience);

        await AssertEachHandshakeWorksAsync(haproxy);
        await AssertEachHandshakeWorksAsync(nginx);
    }

    [Fact]
    public async Task A_node_that_refuses_costs_nobody_a_handshake()
    {
        await nodes.WholeAsync();
        await using var haproxy = await RunningBalancer.StartAsync(Haproxy, nodes, asksSeldom: true);
        await using var nginx = await RunningBalancer.StartAsync(Nginx, nodes);
        var refusing = nodes.All[0];
        using var client = new HttpClient();
        using var drained = await client.PostAsync(new Uri($"http://{refusing.Plan.Host}:{refusing.Plan.InternalPort}/node/drain"), content: null);
        Assert.Equal("503", (await Handshake.AskAsync(refusing.App(App))).Status);

        await AssertEachHandshakeWorksAsync(haproxy);
        await AssertEachHandshakeWorksAsync(nginx);

        Assert.True(drained.IsSuccessStatusCode);
        refusing.Send(Signal.Term);
        await refusing.WaitForExitAsync(Patience);
    }

    [Theory]
    [InlineData(Haproxy, "127.0.0.5")]
    [InlineData(Haproxy, "::1")]
    [InlineData(Nginx, "127.0.0.5")]
    [InlineData(Nginx, "::1")]
    public async Task The_nodes_see_where_a_peer_comes_from_whatever_it_says(string name, string address)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);
        var from = IPAddress.Parse(address);
        var server = new IPEndPoint(address.Contains(':', StringComparison.Ordinal) ? IPAddress.IPv6Loopback : IPAddress.Loopback, balancer.Port);

        foreach (var forged in (string[])["198.51.100.7:4711", "198.51.100.7, 127.0.0.1", "198.51.100.7\r\nX-Forwarded-For: 198.51.100.8", ""])
        {
            using var peer = await ForwardedPeer.ConnectAsync(server, from, forged);
            await Eventually.BecomesAsync(() => nodes.LogLines($"[{peer.From}] connected on ").Lines.Count, count => count == 1, Patience);
        }

        Assert.Empty(nodes.LogLines("198.51.100.").Lines);
    }

    [Theory]
    [InlineData(Haproxy)]
    [InlineData(Nginx)]
    public async Task Calls_go_by_http_and_https_and_under_a_path_of_their_own(string name)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);

        foreach (var url in (Uri[])[balancer.App(App), balancer.SecureApp(App), balancer.App("/signaling" + App), balancer.SecureApp("/signaling" + App)])
        {
            var tried = await TriedCommand.RunAsync($"{url}", "--insecure");
            Assert.True(tried.ExitCode == 0, tried.Error);
        }
    }

    [Theory]
    [InlineData(Haproxy)]
    [InlineData(Nginx)]
    public async Task User_tokens_are_in_none_of_its_logs(string name)
    {
        await nodes.WholeAsync();
        await using var balancer = await RunningBalancer.StartAsync(name, nodes);

        Assert.Equal(0, (await TriedCommand.RunAsync($"{balancer.App(App).WithToken("secret")}")).ExitCode);

        await Eventually.BecomesAsync(() => balancer.AccessLog, log => log.Split('\n').Count(line => line.Contains(App, StringComparison.Ordinal)) >= 2, Patience);
        Assert.DoesNotContain("secret", balancer.AccessLog + balancer.Log, StringComparison.Ordinal);
    }

    private static async Task AssertEachHandshakeWorksAsync(RunningBalancer balancer)
    {
        for (var i = 0; i < 30; i++)
            Assert.Equal("101", (await Handshake.AskAsync(balancer.Http)).Status);
    }
}
