using System.Net.Http.Headers;
using System.Net.Http.Json;
using Signaling.Tests.Cluster;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway.Metrics;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Floods;

/// <summary>
/// Some who flood a node, against others who behave: by turns it is quiet and it is not, three times, and the median counts. What is
/// promised is that 99 of 100 messages of those who behave take no longer than three times what they take else, or 50 ms; its figure says
/// whether that was kept. The node has the strict set of limits, and its peers connect to it directly.
/// </summary>
internal static class Trial
{
    private const int Turns = 3;
    private const long MostKeptMiB = 192; // the runtime's own slack is the most of it
    private const int Slack = 3; // the machine they run on has other work too
    private const string AdminToken = "admin";
    private const string BystandersToken = "bystander";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Loud = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Tolerable = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs one.</summary>
    /// <param name="name">What its figures are called.</param>
    /// <param name="mostGrowthMiB">How much the node may grow by.</param>
    /// <param name="flood">Begins to flood a node; what it returns ends that.</param>
    /// <param name="output">Where its figures go.</param>
    /// <param name="userToken">A user token that those who flood have; null: the node asks nobody for one.</param>
    /// <param name="settings">Environment variables of the node besides.</param>
    public static async Task RunAsync(
        string name,
        long mostGrowthMiB,
        Func<NodeProcess, Task<IFlood>> flood,
        ITestOutputHelper output,
        string? userToken = null,
        params (string Name, string Value)[] settings)
    {
        await using var node = await NodeProcess.StartAsync(
            settings: "\"log_verbose\": false," + (userToken is null ? "" : $"\"adminToken\": \"{AdminToken}\","),
            environment: [("SIGNALING__STRICT", "true"), ("SIGNALING__PROXIES__DIRECT", "true"), .. settings]);
        if (userToken is not null)
            await RegisterAsync(node, userToken, BystandersToken);
        await using var bystanders = await Bystanders.StartAsync(node.App($"/callapp?userToken={BystandersToken}"));
        await bystanders.MeasureAsync(Loud); // what is loaded and compiled once is nobody's
        var before = MemoryOf(node);
        var (quiet, loud, did) = (new List<TimeSpan>(), new List<TimeSpan>(), 0L);
        var most = before;
        for (var turn = 0; turn < Turns; turn++)
        {
            quiet.Add(await bystanders.MeasureAsync(Quiet));
            var attack = await flood(node);
            loud.Add(await bystanders.MeasureAsync(Loud));
            most = Math.Max(most, MemoryOf(node));
            await attack.DisposeAsync();
            did += attack.Done;
            await Eventually.BecomesAsync(() => SocketsOfAsync(node), sockets => sockets == Bystanders.Sockets, Patience);
        }

        await Eventually.BecomesAsync(() => (MemoryOf(node) - before) >> 20, growth => growth <= MostKeptMiB, Patience);
        var lost = await bystanders.StopAsync();
        var bound = TimeSpan.FromTicks(Math.Max(Tolerable.Ticks, 3 * Figures.Median(quiet).Ticks));
        output.Say(
            name,
            ("done", did), ("p99_quiet", Figures.Median(quiet)), ("p99_flooded", Figures.Median(loud)), ("worst_turn", loud.Max()), ("kept", Figures.Median(loud) <= bound),
            ("growth_mib", (most - before) >> 20), ("growth_after_mib", (MemoryOf(node) - before) >> 20), ("lost", lost), ("ended", bystanders.Ended));
        Assert.True(did > 0, "Nobody has flooded anything.");
        Assert.Equal((0, 0), (lost, bystanders.Ended));
        Assert.InRange(Figures.Median(loud), TimeSpan.Zero, bound * Slack);
        Assert.InRange((most - before) >> 20, long.MinValue, mostGrowthMiB);
    }

    /// <summary>How many sockets of peers the node counts.</summary>
    public static async Task<double?> SocketsOfAsync(NodeProcess node)
    {
        using var client = new HttpClient { BaseAddress = node.Internal };
        return PrometheusText.Parse(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Value("signaling_sockets_open");
    }

    private static async Task RegisterAsync(NodeProcess node, params string[] userTokens)
    {
        using var client = new HttpClient { BaseAddress = node.Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        foreach (var userToken in userTokens)
        {
            using var answer = await client.PostAsJsonAsync(new Uri("/api/admin/regUserToken", UriKind.Relative), new { userToken, timeout = 600 });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static long MemoryOf(NodeProcess node)
    {
        using var process = System.Diagnostics.Process.GetProcessById(node.Id);
        return process.WorkingSet64;
    }
}
