using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Signaling.Load;
using Signaling.Load.Targets;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Hosting;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Load;

/// <summary>Each kind of load, on a gateway as users run it.</summary>
public sealed class LoadCommandTests(LoadedNode loaded, TwoNodes two) : IClassFixture<LoadedNode>, IClassFixture<TwoNodes>
{
    private string CallApp => $"{loaded.Node.App("/callapp")}";

    [Fact]
    public async Task Idle_peers_are_all_served_to_the_end()
    {
        var (command, figures) = await LoadedCommand.MeasureAsync("idle", "100", CallApp, "--pid", $"{loaded.Node.Id}");

        AssertClean(command);
        Assert.Equal(100, CountOf(figures, "peers"));
        Assert.Equal(100, LatencyOf(figures, "connect and listen").GetProperty("count").GetInt64());
        Assert.Equal(100, LatencyOf(figures, "heartbeat at the end").GetProperty("count").GetInt64());
        Assert.Equal($"load, process {loaded.Node.Id}", string.Join(", ", figures.GetProperty("processes").EnumerateArray().Select(one => one.GetProperty("name"))));
    }

    [Fact]
    public async Task Pairs_keep_a_window_of_messages_under_way()
    {
        var (command, figures) = await LoadedCommand.MeasureAsync("relay", CallApp, "--pairs", "4", "--window", "4", "--size", "3000", "--ramp", "1");

        AssertClean(command);
        Assert.InRange(figures.GetProperty("messages").GetInt64(), 4 * 4, long.MaxValue);
        Assert.InRange(LatencyOf(figures, "round trip").GetProperty("count").GetInt64(), 1, figures.GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task Messages_are_sent_at_fixed_times()
    {
        var (command, figures) = await LoadedCommand.MeasureAsync("relay", CallApp, "--pairs", "4", "--rate", "200", "--user-token", "ignored");

        AssertClean(command);
        Assert.InRange(figures.GetProperty("messages").GetInt64(), 100, 300);
        Assert.InRange(LatencyOf(figures, "own delay").GetProperty("count").GetInt64(), 100, 300);
    }

    [Fact]
    public async Task Calls_are_made_one_after_the_other()
    {
        var (command, figures) = await LoadedCommand.MeasureAsync("calls", CallApp, "--concurrent", "4");

        AssertClean(command);
        Assert.InRange(CountOf(figures, "calls"), 1, 100_000);
    }

    [Fact]
    public async Task Everyone_in_a_room_hears_everyone()
    {
        var (command, figures) = await LoadedCommand.MeasureAsync("conference", "5", $"{loaded.Node.App("/conferenceapp")}");

        AssertClean(command);
        Assert.InRange(CountOf(figures, "rooms"), 1, 100_000);
    }

    [Fact]
    public async Task The_ends_of_a_pair_go_to_two_nodes_where_that_is_asked_for()
    {
        var (first, second) = ($"{two.First.App("/callapp")}", $"{two.Second.App("/callapp")}");

        var (command, figures) = await LoadedCommand.MeasureAsync("relay", first, second, "--cross", "--pairs", "2");

        AssertClean(command);
        Assert.Equal($"{first}, {second}", string.Join(", ", figures.GetProperty("urls").EnumerateArray()));
    }

    [Fact]
    public async Task The_program_reports_on_the_terminal_and_in_a_page_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var page = Path.Combine(folder.Path, "report.html");
        await using var program = GatewayProcess.StartProgram(
            Path.Combine(AppContext.BaseDirectory, "Signaling.Load.dll"), folder.Path, ["relay", CallApp, "--pairs", "2", "--duration", "1", "--warm-up", "1", "--html", page]);

        var (exitCode, output, error) = await program.WaitForExitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^ +1 s +\d+ msg/s", output);
        Assert.Contains("one way over time", output, StringComparison.Ordinal);
        Assert.EndsWith("ok: all that was sent has arrived once, in order and undamaged", output, StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(page);
        Assert.DoesNotMatch("(src|href)=|@import|url\\(", html); // it needs nothing else
        var plots = html.Split("<svg").Skip(1).Select(svg => XElement.Parse($"<svg{svg[..(svg.IndexOf("</svg>", StringComparison.Ordinal) + 6)]}")).ToArray();
        Assert.Equal(3, plots.Length);
        Assert.All(plots, plot => Assert.NotEmpty(plot.Elements("polyline")));
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_taken_where_that_is_said_and_a_token_is_shown()
    {
        var gateway = new RunningGateway();
        await gateway.InitializeAsync();
        try
        {
            var url = $"wss://127.0.0.1:{gateway.HttpsPort}/";

            var refused = await LoadedCommand.RunAsync("idle", "1", url, "--duration", "1");
            AssertClean((await LoadedCommand.MeasureAsync("idle", "2", url, "--insecure")).Command);

            Assert.Equal(3, refused.ExitCode);
            Assert.StartsWith($"error: connecting to {url}: the server's certificate is for localhost, not for 127.0.0.1;", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            await gateway.DisposeAsync();
        }

        await using var node = await TokenNode.StartAsync(TimeProvider.System);
        await TokenApi.RegisterAsync(node.Http, "a b&c");
        var asked = await LoadedCommand.RunAsync("idle", "1", $"{node.App("/callapp")}");
        AssertClean((await LoadedCommand.MeasureAsync("idle", "1", $"{node.App("/callapp")}", "--user-token", "a b&c")).Command);
        Assert.Equal(3, asked.ExitCode);
        Assert.Contains("the service wants a registered user token: give one by --user-token", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_it_says_so_and_exits_with_3()
    {
        var url = $"ws://127.0.0.1:{NodeProcess.FreePort()}/callapp";

        var command = await LoadedCommand.RunAsync("calls", url);

        Assert.Equal((3, $"error: connecting to {url}: nobody listens there; see that the service runs, and its host and port."), (command.ExitCode, command.Error));
    }

    [Fact]
    public async Task A_conference_in_an_app_that_shares_no_addresses_exits_with_3()
    {
        var command = await LoadedCommand.RunAsync("conference", "3", CallApp);

        Assert.Equal(3, command.ExitCode);
        Assert.StartsWith("error: the service denied an address (4);", command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Required argument 'URL' missing for command: 'relay'.", "relay")]
    [InlineData("'http://a/b' is no URL of a WebSocket; it has to be like wss://example.com/callapp.", "relay", "http://a/b")]
    [InlineData("--pairs is '0'; allowed is a whole number from 1 to 500000.", "relay", "ws://a", "--pairs", "0")]
    [InlineData("--size is '39'; allowed is a whole number from 40 to 16777216.", "calls", "ws://a", "--size", "39")]
    [InlineData("K is '1'; allowed is a whole number from 2 to 1000000.", "conference", "1", "ws://a")]
    public async Task Misuse_exits_with_2(string message, params string[] args)
    {
        var command = await LoadedCommand.RunAsync(args);

        Assert.Equal((2, $"error: {message} See --help."), (command.ExitCode, command.Error));
    }

    [Theory]
    [InlineData("ws://8.8.8.8/callapp is at 8.8.8.8, a public address.", "idle", "1", "ws://8.8.8.8/callapp")]
    [InlineData("--pid is 2147483647, but no process", "idle", "1", "{0}", "--pid", "2147483647")]
    [InlineData("--json is '/nowhere/at/all.json', which can't be written", "idle", "1", "{0}", "--json", "/nowhere/at/all.json")]
    public async Task What_may_not_or_can_not_be_exits_with_2_before_any_load_is_on(string message, params string[] args)
    {
        var command = await LoadedCommand.RunAsync([.. args.Select(arg => arg is "{0}" ? CallApp : arg)]);

        Assert.Equal(2, command.ExitCode);
        Assert.StartsWith($"error: {message}", command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("2001:4860:4860::8888", true)]
    public void An_address_that_may_be_anybodys_is_public(string address, bool isPublic) => Assert.Equal(isPublic, Consent.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Consent_opens_public_addresses() =>
        await Consent.CheckAsync(new LoadPlan { Urls = [new Uri("ws://8.8.8.8/callapp")], IsAllowed = true }, CancellationToken.None);

    private static void AssertClean(LoadedCommand command)
    {
        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        Assert.EndsWith("ok: all that was sent has arrived once, in order and undamaged", command.Output.TrimEnd(), StringComparison.Ordinal);
    }

    private static double CountOf(JsonElement figures, string name) => Named(figures.GetProperty("counts"), name).GetProperty("value").GetDouble();

    private static JsonElement LatencyOf(JsonElement figures, string name) => Named(figures.GetProperty("latencies"), name);

    private static JsonElement Named(JsonElement list, string name) =>
        list.EnumerateArray().Single(one => string.Equals(one.GetProperty("name").GetString(), name, StringComparison.Ordinal));
}
