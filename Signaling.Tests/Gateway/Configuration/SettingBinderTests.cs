using System.Text.Json;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class SettingBinderTests
{
    [Fact]
    public void Nothing_set_leaves_every_default()
    {
        var settings = Bind("{}");

        Assert.Equal(TimeSpan.FromSeconds(30), settings.Sockets.PingInterval);
        Assert.Null(settings.Drain.Time);
        Assert.Equal("text", settings.Log.Format);
        Assert.Empty(settings.Node.Seeds);
    }

    [Fact]
    public void Each_section_is_bound()
    {
        var settings = Bind("""
            {
              "sockets": { "pingInterval": "00:00:20", "sendQueueBytes": 70000 },
              "tokens": { "maxCount": 5, "registerTimeout": null },
              "node": { "profile": "static", "port": 4053, "seeds": ["a:1", "[::1]:2"] },
              "drain": { "time": "00:00:20" },
              "log": { "format": "json" }
            }
            """);

        Assert.Equal(TimeSpan.FromSeconds(20), settings.Sockets.PingInterval);
        Assert.Equal(70000, settings.Sockets.SendQueueBytes);
        Assert.Equal(5, settings.Tokens.MaxCount);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Tokens.RegisterTimeout);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.Drain.Time);
        Assert.Equal("static", settings.Node.Profile);
        Assert.Equal(4053, settings.Node.Port);
        Assert.Equal(["a:1", "[::1]:2"], settings.Node.Seeds);
        Assert.Equal("json", settings.Log.Format);
    }

    [Theory]
    [InlineData("""{"": 1}""")]
    [InlineData("""{"": {"a": 1}}""")]
    [InlineData("""{"node": {"": 1}}""")]
    [InlineData("""{":": 1}""")]
    public void A_key_without_a_name_is_refused_as_any_other_that_is_unknown(string json) =>
        Assert.Contains("is not a key of this program", Assert.Throws<StartupException>(() => Bind(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"node": {"port": {"a": 1}}}""", "signaling.node.port is an object; allowed is a whole number from 0 to 65535.")]
    [InlineData("""{"internal": {"port": [1]}}""", "signaling.internal.port is an object; allowed is a whole number from 0 to 65535.")]
    public void An_object_is_no_number(string json, string refusal) =>
        Assert.EndsWith(refusal, Assert.Throws<StartupException>(() => Bind(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_variable_wins_over_the_file_and_an_option_over_both()
    {
        var settings = SettingBinder.Bind(Sources("""{"node": {"host": "file", "port": 1, "seeds": ["a:1", "b:2"]}, "log": {"format": "json"}}""")
            .AddEnvironment(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SIGNALING__NODE__HOST"] = "variable",
                ["SIGNALING__NODE__PORT"] = "2",
                ["SIGNALING__NODE__SEEDS"] = "c:3, d:4",
                ["SIGNALING__LOG__FORMAT"] = "",
            })
            .AddOption("node:port", "--cluster-port", "3")
            .AddOption("node:host", "--cluster-host", null));

        Assert.Equal(("variable", 3, "json"), (settings.Node.Host, settings.Node.Port, settings.Log.Format));
        Assert.Equal(["c:3", "d:4"], settings.Node.Seeds);
    }

    [Fact]
    public void A_variable_names_one_of_a_list()
    {
        var settings = SettingBinder.Bind(new SettingSources().AddEnvironment(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SIGNALING__NODE__SEEDS__0"] = "a:1",
            ["SIGNALING__NODE__SEEDS__1"] = "b:2",
        }));

        Assert.Equal(["a:1", "b:2"], settings.Node.Seeds);
    }

    [Fact]
    public void An_object_that_is_repeated_counts_the_last_time() =>
        Assert.Equal(
            new SocketOptions().SendQueueBytes,
            Bind("""{"sockets": {"sendQueueBytes": 70000}, "sockets": {}}""").Sockets.SendQueueBytes);

    [Theory]
    [InlineData("5", "signaling is 5; it must be an object, such as {\"log\": {\"format\": \"json\"}}.")]
    [InlineData("{\"apps\": 1}", "signaling.apps is \"1\"; it must be an object.")]
    [InlineData("{\"app\": 1}", "signaling.app is not a key of this program; allowed in signaling are strict, limits, origins, apps, sockets, tokens, node, ice, sessions, drain, proxies, internal, log.")]
    [InlineData("{\"apps\": {\"CallApp\": 1}}", "signaling.apps.CallApp is \"1\"; it must be an object.")]
    [InlineData("{\"apps\": {\"CallApp\": {\"takeOver2\": 1}}}", "signaling.apps.CallApp.takeOver2 is not a key of this program; allowed in signaling.apps.CallApp are takeover, mostListeners, origins, ice, webhook, admission.")]
    [InlineData("{\"apps\": {\"CallApp\": {\"takeover\": \"oldest\"}}}", "signaling.apps.CallApp.takeover is \"oldest\"; allowed is reject or sameTokenWins or newestWins.")]
    [InlineData("{\"apps\": {\"CallApp\": {\"takeover\": 1}}}", "signaling.apps.CallApp.takeover is \"1\"; allowed is reject or sameTokenWins or newestWins.")]
    [InlineData("{\"apps\": {\"CallApp\": {\"mostListeners\": 0}}}", "signaling.apps.CallApp.mostListeners is \"0\"; allowed is a whole number from 1 to 1000000.")]
    [InlineData("{\"log\": {\"level\": {\"x\": 1}}}", "signaling.log.level is not a key of this program; allowed in signaling.log are format.")]
    [InlineData("{\"log\": \"json\"}", "signaling.log is \"json\"; it must be an object.")]
    [InlineData("{\"log\": {\"format\": \"xml\"}}", "signaling.log.format is \"xml\"; allowed is text or json.")]
    [InlineData("{\"log\": {\"format\": {\"x\": 1}}}", "signaling.log.format is an object; allowed is text or json.")]
    [InlineData("{\"node\": {\"profile\": \"\"}}", "signaling.node.profile is \"\"; allowed is dev or static or kubernetes.")]
    [InlineData("{\"node\": {\"port\": -1}}", "signaling.node.port is \"-1\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"node\": {\"port\": \"x\"}}", "signaling.node.port is \"x\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"proxies\": {\"trusted\": [\"::1\", \"proxy\"]}}", "signaling.proxies.trusted[1] is \"proxy\"; allowed is an address or a net, such as 10.0.0.5, 10.0.0.0/8 or fd00::/8.")]
    [InlineData("{\"node\": {\"seeds\": [\"a:1\", \"a\"]}}", "signaling.node.seeds[1] is \"a\"; allowed is a host and a port, such as 10.0.0.1:4053.")]
    [InlineData("{\"node\": {\"seeds\": [\"a:0\"]}}", "signaling.node.seeds[0] is \"a:0\"; allowed is a host and a port, such as 10.0.0.1:4053.")]
    [InlineData("{\"sockets\": {\"pingInterval\": 30}}", "signaling.sockets.pingInterval is \"30\"; allowed is a time as hours:minutes:seconds from 00:00:01 to 01:00:00.")]
    [InlineData("{\"drain\": {\"time\": \"1 h\"}}", "signaling.drain.time is \"1 h\"; allowed is a time as hours:minutes:seconds from 00:00:00 to 01:00:00.")]
    [InlineData("{\"sockets\": {\"pongTimeout\": \"00:00:20\"}}", "signaling.sockets.pongTimeout is \"00:00:20\"; allowed is a time as hours:minutes:seconds from 00:00:25 to 01:00:00.")]
    [InlineData("{\"sockets\": {\"pingInterval\": \"soon\"}}", "signaling.sockets.pingInterval is \"soon\"; allowed is a time as hours:minutes:seconds from 00:00:01 to 01:00:00.")]
    public void What_is_not_allowed_is_told_with_key_value_and_what_is(string json, string message)
    {
        var error = Assert.Throws<StartupException>(() => Bind(json));

        Assert.Equal($"config.json: {message}", error.Message);
        Assert.Equal(1, error.ExitCode);
    }

    [Fact]
    public void What_a_variable_sets_wrong_is_told_with_the_variable()
    {
        var sources = new SettingSources().AddEnvironment(new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALING__NODE__SEEDS"] = "a:1,b" });

        Assert.Equal(
            "the environment variable SIGNALING__NODE__SEEDS: signaling.node.seeds[1] is \"b\"; allowed is a host and a port, " +
            "such as 10.0.0.1:4053.",
            Assert.Throws<StartupException>(() => SettingBinder.Bind(sources)).Message);
    }

    [Fact]
    public void What_an_option_sets_wrong_is_misuse_of_the_command_line()
    {
        var error = Assert.Throws<StartupException>(
            () => SettingBinder.Bind(new SettingSources().AddOption("node:profile", "--profile", "prod")));

        Assert.Equal("--profile: signaling.node.profile is \"prod\"; allowed is dev or static or kubernetes.", error.Message);
        Assert.Equal(2, error.ExitCode);
    }

    private static ServiceSettings Bind(string json) => SettingBinder.Bind(Sources(json));

    private static SettingSources Sources(string json) => new SettingSources().AddFile(
        new ConfigValue("config.json", "signaling", JsonDocument.Parse(json).RootElement, []));
}
