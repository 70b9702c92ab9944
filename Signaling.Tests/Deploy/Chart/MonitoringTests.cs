using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using k8s.Models;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Alerts and the dashboard speak of figures that there are.</summary>
public sealed partial class MonitoringTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    /// <summary>The service's own, as docs/operations.md has them.</summary>
    private static readonly string[] Own =
    [
        "signaling_certificate_days_left",
        "signaling_cluster_members",
        "signaling_cluster_unreachable",
        "signaling_messages_ignored_total",
        "signaling_node_draining",
        "signaling_node_ready",
        "signaling_sockets_open",
        "signaling_sockets_refused_total",
    ];

    [Fact]
    public async Task Alerts_ask_for_figures_that_there_are()
    {
        var rules = (await renders.OfAsync("everything")).One<PrometheusRule>().Spec.Groups.SelectMany(group => group.Rules).ToList();

        Assert.True(rules.Count > 5);
        Assert.All(rules, rule => Assert.Subset(Known(), FiguresIn(rule.Expr)));
        Assert.All(rules, rule => Assert.True(rule.Labels["severity"] is "warning" or "critical"));
    }

    [Fact]
    public async Task Alerts_look_at_this_release_only()
    {
        var rules = (await renders.OfAsync("everything")).One<PrometheusRule>().Spec.Groups.SelectMany(group => group.Rules);

        Assert.All(rules.Where(rule => rule.Alert is not "ManySockets"), rule => Assert.Equal(
            Figure().Count(rule.Expr), rule.Expr.Split("""{namespace="calls",pod=~"talk-[0-9]+"}""").Length - 1));
    }

    [Fact]
    public async Task The_dashboard_shows_figures_that_there_are()
    {
        var render = await renders.OfAsync("everything");
        var dashboard = StrictYaml.ToJson(render.Named<V1ConfigMap>("talk-dashboard").Data["signaling.json"]);
        var queries = dashboard.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : [])
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToList();

        Assert.True(queries.Count > 10);
        Assert.All(queries, query => Assert.Subset(Known(), FiguresIn(query)));
        Assert.All(Own, name => Assert.Contains(queries, query => query.Contains(name, StringComparison.Ordinal)));
        Assert.Distinct(dashboard.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task The_dashboard_is_where_grafana_looks_for_it()
    {
        var map = (await renders.OfAsync("everything")).Named<V1ConfigMap>("talk-dashboard").Metadata;

        Assert.Equal(("monitoring", "1"), (map.NamespaceProperty, map.Labels["grafana_dashboard"]));
    }

    [Fact]
    public async Task An_autoscaler_waits_for_a_figure_that_there_is() =>
        Assert.All(
            (await renders.OfAsync("thirty")).One<V2HorizontalPodAutoscaler>().Spec.Metrics.Where(metric => metric.Pods is not null),
            metric => Assert.Contains(metric.Pods.Metric.Name, Known()));

    private static ISet<string> FiguresIn(string query) => Figure().Matches(query).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static ISet<string> Known() => Own.Concat(OfRuntime()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The runtime's own, under the names that Prometheus has them by.</summary>
    private static IEnumerable<string> OfRuntime()
    {
        List<string> names = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is "System.Runtime")
                    names.Add(NameOf(instrument));
            },
        };
        listener.Start();
        Assert.NotEmpty(names);
        return names;
    }

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" };
        var counts = instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) || instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal);
        return instrument.Name.Replace('.', '_') + unit + (counts ? "_total" : "");
    }

    [GeneratedRegex(@"\b(signaling|dotnet)_\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();
}
