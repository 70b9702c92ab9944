using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Metrics;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Systemd;

/// <summary>The service under a real systemd.</summary>
public sealed partial class SystemdTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    [Fact]
    public void The_unit_is_in_order_and_exposes_little()
    {
        using var folder = new TemporaryFolder();
        var unit = folder.Write("signaling.service", UserSystemd.Unit.Replace("/opt/signaling/Signaling.Gateway", "/bin/true", StringComparison.Ordinal));

        var (verified, said) = Run("systemd-analyze", "verify", unit);
        var (_, security) = Run("systemd-analyze", "security", "--offline=true", unit);

        Assert.Equal((0, ""), (verified, said.Trim()));
        var exposure = double.Parse(Exposure().Match(security).Groups["level"].ValueSpan, CultureInfo.InvariantCulture);
        output.WriteLine($"exposure {exposure}");
        Assert.InRange(exposure, 0, 2.0);
    }

    [Fact]
    public async Task It_has_started_when_it_serves_and_a_process_that_hangs_is_replaced()
    {
        var port = NodeProcess.FreePort();
        await using var systemd = await UserSystemd.StartAsync(ConfigOf(port), watchdog: "6");

        Assert.Equal(0, systemd.Do("start").ExitCode);
        Assert.True(await ServesAsync(port), "It is said to have started, and does not serve.");
        var first = systemd.MainPid;
        Run("kill", "-STOP", $"{first}");

        await Eventually.BecomesAsync(() => systemd.Restarts, restarts => restarts > 0, Patience);
        await Eventually.BecomesAsync(() => ServesAsync(port), serves => serves, Patience);
        Assert.NotEqual(first, systemd.MainPid);

        Assert.Equal(0, systemd.Do("stop").ExitCode);
        Assert.Equal(("inactive", "success", "0"), (systemd.Show("ActiveState"), systemd.Show("Result"), systemd.Show("ExecMainStatus")));
    }

    [Fact]
    public async Task A_node_that_its_cluster_has_given_up_starts_anew_and_joins_again()
    {
        await using var first = await NodeProcess.StartAsync(settings: Settings);
        await using var second = await NodeProcess.StartAsync(first, Settings);
        var (port, clusterPort) = (NodeProcess.FreePort(), NodeProcess.FreePort());
        await using var systemd = await UserSystemd.StartAsync(
            ConfigOf(port), $"--profile static --cluster-host 127.0.0.1 --cluster-port {clusterPort} --cluster-seeds 127.0.0.1:{first.ClusterPort}", watchdog: "5min");
        Assert.Equal(0, systemd.Do("start").ExitCode);
        var pid = systemd.MainPid;
        await Eventually.BecomesAsync(() => MembersAsync(second), members => members == 3, Patience);

        Run("kill", "-STOP", $"{pid}");
        await Eventually.BecomesAsync(() => MembersAsync(second), members => members == 2, Patience);
        Run("kill", "-CONT", $"{pid}");

        await Eventually.BecomesAsync(() => systemd.Restarts, restarts => restarts > 0, Patience);
        await Eventually.BecomesAsync(() => ServesAsync(port), serves => serves, Patience);
        await Eventually.BecomesAsync(() => MembersAsync(second), members => members == 3, Patience);
    }

    [Fact]
    public async Task A_port_below_1024_takes_no_root()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", """{"httpConfig": {"port": 80, "host": "127.0.80.80"}, "apps": [{"name": "CallApp", "path": "/callapp"}], "log_verbose": false}""");
        Run("chmod", "755", folder.Path);
        await using var node = GatewayProcess.Start(
            folder.Path, ["--config", "config.json"],
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "--inh-caps=-all,+net_bind_service", "--ambient-caps=-all,+net_bind_service", "--bounding-set=-all,+net_bind_service"],
            onLine: null);

        await node.WaitForLineAsync("listening on http://127.0.80.80:80");
        Assert.Equal("65534", File.ReadLines($"/proc/{node.Id}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]);
    }

    private const string Settings = "\"log_verbose\": false,";

    private static string ConfigOf(int port) =>
        $$"""{"httpConfig": {"port": {{port}}, "host": "127.0.0.1"}, "apps": [{"name": "CallApp", "path": "/callapp"}], "log_verbose": false}""";

    private static async Task<bool> ServesAsync(int port)
    {
        try
        {
            return (await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"))).Contains("running", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<double?> MembersAsync(NodeProcess node) =>
        PrometheusText.Parse(await Http.GetStringAsync(new Uri(node.Internal, "/metrics"))).Value("signaling_cluster_members");

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit(Patience);
        return (process.ExitCode, text + error.Result);
    }

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exposure();
}
