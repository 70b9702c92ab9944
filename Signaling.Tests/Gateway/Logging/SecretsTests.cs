using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Gateway.Logging;

/// <summary>No secret is ever written, whoever asks for how much to be written.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _traced = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    public SecretsTests()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _traced.Enqueue(string.Join(
                ' ',
                [activity.DisplayName, activity.StatusDescription, .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"), .. activity.Events.SelectMany(one => one.Tags).Select(tag => $"{tag.Key}={tag.Value}")])),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Trace(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Trace(instrument, tags));
        _meters.Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(LogLevel.Information, true)]
    [InlineData(LogLevel.Debug, false)]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.Trace, false)]
    public async Task None_is_in_the_log_in_traces_or_in_figures_whatever_the_level(LogLevel level, bool verbose)
    {
        var log = new LogLines();
        await using (var first = await StartAsync(log, level, verbose))
        {
            await using var second = await StartAsync(log, level, verbose, first);
            await Secrets.TellAsync(first.Http, second.Http);
            await second.System.Terminate(); // without a word to anybody
            await Secrets.TellWithoutSocketsAsync(first.Http);
        }

        Assert.NotEmpty(log.All);
        Secrets.AssertUnsaid(log.All);
        Secrets.AssertUnsaid(_traced);
        Assert.All(_traced, line => Assert.DoesNotContain(Secrets.Address, line, StringComparison.Ordinal));
        var addressed = log.All.Where(line => line.Contains(Secrets.Address, StringComparison.Ordinal)).ToArray();
        Assert.Equal(verbose, addressed.Length > 0);
        Assert.All(addressed, line => Assert.Matches(@"^Information Signaling\.Peers\[21\d\d\]: ", line));
    }

    [Theory]
    [InlineData("json", "true")]
    [InlineData("text", "false")]
    public async Task None_is_in_what_the_program_writes_or_tells_inside(string format, string verbose)
    {
        await using var node = await NodeProcess.StartAsync(
            seed: null, $"\"adminToken\": \"{Secrets.AdminToken}\", \"log_verbose\": {verbose},", ("SIGNALING__LOG__FORMAT", format));
        await Secrets.TellAsync(node.Http, node.Http);
        await Secrets.TellWithoutSocketsAsync(node.Internal);

        using var client = new HttpClient { BaseAddress = node.Internal };
        string[] told = await Task.WhenAll(
            client.GetStringAsync("/metrics"), client.GetStringAsync("/node"), client.GetStringAsync("/health/live"), client.GetStringAsync("/health/started"),
            client.GetStringAsync("/admin/nodes"), client.GetStringAsync("/admin/addresses"), client.GetStringAsync($"/admin/trace?app=/callapp&address={Secrets.Address}"));
        await node.SignalAsync("TERM");
        var (_, output, error) = await node.WaitForExitAsync();

        Secrets.AssertUnsaid([.. node.StartLog, .. output.Split('\n'), error, .. told]);
        Assert.Equal(bool.Parse(verbose), output.Contains(Secrets.Address, StringComparison.Ordinal));
        Assert.DoesNotContain(Secrets.Address, error + string.Concat(told), StringComparison.Ordinal);
    }

    /// <summary>A node whose Akka tells of letters that nobody gets, too.</summary>
    private Task<TestNode> StartAsync(LogLines log, LogLevel level, bool verbose, TestNode? seed = null)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "hocon")))
            _folder.Write(Path.GetFileName(file), File.ReadAllText(file));
        var profile = Path.Combine(_folder.Path, "static.conf");
        File.AppendAllText(profile, """

            akka {
              loglevel = INFO
              log-dead-letters = 1000000
              log-dead-letters-during-shutdown = on
            }
            """);
        return TestNode.StartAsync(
            options =>
            {
                options.AdminToken = Secrets.AdminToken;
                options.LogVerbose = verbose;
                options.Node.HoconFolder = _folder.Path;
            },
            seed,
            build: builder => builder.Logging.ClearProviders().SetMinimumLevel(level).AddProvider(log).AddFilter((_, _, one) => one >= level));
    }

    private void Trace(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
            _traced.Enqueue($"{instrument.Name} {tag.Key}={tag.Value}");
    }
}
