using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Hosting;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Deploy.TryCall;

public sealed class TryCallTests(OneNode one, TwoNodes two) : IClassFixture<OneNode>, IClassFixture<TwoNodes>
{
    private static readonly string[] Steps =
    [
        "B connects to {0}, ", "B listens at a random address, ", "A connects to {1}, ", "A calls B, ",
        "A says something to B, reliable, ", "B says something to A, reliable, ",
        "A says something to B, unreliable, ", "B says something to A, unreliable, ",
        "A hangs up, and B is told, ", "both leave, ", "ok: a call from A to B works, ",
    ];

    [Theory]
    [InlineData("/callapp")]
    [InlineData("/conferenceapp")]
    public async Task A_call_through_one_node_works_and_each_step_tells_its_time(string path)
    {
        var tried = await TriedCommand.RunAsync($"{one.Node.App(path)}");

        AssertWorked(tried, one.Node.App(path), one.Node.App(path));
    }

    [Fact]
    public async Task A_call_across_two_nodes_works()
    {
        var (called, caller) = (two.First.App("/callapp"), two.Second.App("/callapp"));

        AssertWorked(await TriedCommand.RunAsync($"{called}", $"{caller}"), called, caller);
    }

    [Fact]
    public async Task The_program_has_the_command()
    {
        using var folder = new TemporaryFolder();
        await using var program = GatewayProcess.Start(folder.Path, ["try-call", $"{one.Node.App("/callapp")}"]);

        var (exitCode, output, error) = await program.WaitForExitAsync();

        AssertWorked(new TriedCommand(exitCode, output.Split('\n'), error), one.Node.App("/callapp"), one.Node.App("/callapp"));
    }

    [Fact]
    public async Task An_unknown_app_is_told_by_its_path() => AssertFailed(
        await TriedCommand.RunAsync($"{one.Node.App("/nope")}"),
        $"error: B connects to {one.Node.App("/nope")}: the socket was closed with 1008 \"Unknown app\"; the path /nope is that of no " +
        "app as the service sees it: see \"apps\" in its config.json, and whether a proxy before it changes paths.");

    [Fact]
    public async Task Two_apps_never_meet() => AssertFailed(
        await TriedCommand.RunAsync($"{one.Node.App("/callapp")}", $"{one.Node.App("/chatapp")}"),
        "error: A calls B: the connect failed (7): nobody has B's address there; the two URLs name two apps, /callapp and /chatapp, " +
        "and peers of two apps never meet.");

    [Fact]
    public async Task Nodes_of_two_clusters_never_meet() => AssertFailed(
        await TriedCommand.RunAsync($"{one.Node.App("/callapp")}", $"{two.First.App("/callapp")}"),
        "error: A calls B: the connect failed (7): nobody has B's address there; see that both URLs lead to nodes of one cluster: " +
        "each node's /node lists its members.");

    [Fact]
    public async Task Where_a_user_token_is_needed_it_says_so_and_takes_one()
    {
        const string Token = "a b&c=d+%";
        await using var node = await TokenNode.StartAsync(TimeProvider.System);
        await TokenApi.RegisterAsync(node.Http, Token);
        var url = $"{node.App("/callapp")}";

        AssertFailed(
            await TriedCommand.RunAsync(url),
            $"error: B connects to {url}: the socket was closed with 1008 \"Invalid token\"; the service wants a registered user token: " +
            "give one by --user-token or SIGNALING_USER_TOKEN; docs/protocol.md says how to register it.");
        AssertWorked(await TriedCommand.RunAsync(url, "--user-token", Token), new Uri(url), new Uri(url));
        AssertWorked(await TriedCommand.RunAsync($"{url}?userToken={Uri.EscapeDataString(Token)}"), new Uri(url), new Uri(url));

        using var folder = new TemporaryFolder();
        await using var program = GatewayProcess.Start(folder.Path, ["try-call", url], ("SIGNALING_USER_TOKEN", Token));
        var (exitCode, output, error) = await program.WaitForExitAsync();
        AssertWorked(new TriedCommand(exitCode, output.Split('\n'), error), new Uri(url), new Uri(url));
    }

    [Fact]
    public async Task A_dead_port_is_tried_until_the_time_is_over()
    {
        var url = $"ws://127.0.0.1:{NodeProcess.FreePort()}/callapp";

        var tried = await TriedCommand.RunAsync(url, "--timeout", "1");

        Assert.Equal([$"B connects to {url}: nobody listens there; trying again"], tried.Output);
        AssertFailed(tried, $"error: B connects to {url}: nobody listens there; see that the service runs, and its host and port.");
    }

    [Fact]
    public async Task A_503_is_tried_again()
    {
        var refused = 0;
        await using var node = await TestNode.StartAsync(map: app => app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            if (Interlocked.Increment(ref refused) > 2)
                await next(context);
            else
                context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        }));
        var url = node.App("/callapp");

        var tried = await TriedCommand.RunAsync($"{url}");

        Assert.Equal($"B connects to {url}: the handshake was answered with 503, not 101; trying again", tried.Output[0]);
        AssertWorked(tried with { Output = [.. tried.Output.Skip(1)] }, url, url);
    }

    [Theory]
    [InlineData(404, "what answers there takes no WebSockets at this path: see the port, and that a proxy passes on the headers Upgrade and Connection")]
    [InlineData(401, "something before the service lets only some in")]
    [InlineData(301, "it redirects, which WebSockets do not follow: use the URL it leads to, most often the same with wss")]
    public async Task Any_other_answer_is_told_at_once(int status, string remedy)
    {
        await using var node = await TestNode.StartAsync(map: app => app.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }));

        AssertFailed(
            await TriedCommand.RunAsync($"{node.App("/callapp")}"),
            $"error: B connects to {node.App("/callapp")}: the handshake was answered with {status}, not 101; {remedy}.");
    }

    [Fact]
    public async Task A_certificate_is_held_against_its_issuer_and_its_name()
    {
        var gateway = new RunningGateway();
        await gateway.InitializeAsync();
        try
        {
            var url = $"wss://localhost:{gateway.HttpsPort}/";
            var other = $"wss://127.0.0.1:{gateway.HttpsPort}/";

            AssertFailed(
                await TriedCommand.RunAsync(url),
                $"error: B connects to {url}: nobody whom this machine trusts has signed the server's certificate (CN=localhost, issued by " +
                "CN=Intermediate; PartialChain); see that the server sends the intermediate certificates, have this machine trust the issuer, or " +
                "take any by --insecure.");
            AssertFailed(
                await TriedCommand.RunAsync(other),
                $"error: B connects to {other}: the server's certificate is for localhost, not for 127.0.0.1; connect to a name that it has, " +
                "have one made for this name, or take any by --insecure.");
            AssertWorked(await TriedCommand.RunAsync(other, "--insecure"), new Uri(other), new Uri(other));
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Required argument 'URL' missing for command: 'try-call'.")]
    [InlineData("'http://a/b' is no URL of a WebSocket; it has to be like wss://example.com/callapp.", "http://a/b")]
    [InlineData("'b' is no URL of a WebSocket; it has to be like wss://example.com/callapp.", "ws://a", "b")]
    [InlineData("--timeout is '0'; allowed is a whole number of seconds from 1 to 3600.", "ws://a", "--timeout", "0")]
    [InlineData("--timeout is '1m'; allowed is a whole number of seconds from 1 to 3600.", "ws://a", "--timeout", "1m")]
    public async Task Misuse_exits_with_2(string message, params string[] args)
    {
        var tried = await TriedCommand.RunAsync(args);

        Assert.Equal((2, $"error: {message} See --help."), (tried.ExitCode, tried.Error));
        Assert.Empty(tried.Output);
    }

    private static void AssertWorked(TriedCommand tried, Uri called, Uri caller)
    {
        Assert.Equal((0, ""), (tried.ExitCode, tried.Error));
        Assert.Equal(Steps.Length, tried.Output.Count);
        Assert.All(Steps.Zip(tried.Output), line => Assert.Matches(
            $"^{System.Text.RegularExpressions.Regex.Escape(string.Format(line.First, called, caller))}[0-9]+ ms$", line.Second));
    }

    private static void AssertFailed(TriedCommand tried, string error)
    {
        Assert.Equal(error, tried.Error);
        Assert.Equal(1, tried.ExitCode);
    }
}
