using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Alerts and the dashboard speak of figures that there are.</summary>
public sealed partial class MonitoringTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    /// <summary>The service's own, as docs/operations.md has them.</summary>
    private static readonly string[] Own =
    [
        "signaling_addresses_held",
        "signaling_admission_requests_total",
        "signaling_certificate_days_left",
        "signaling_cluster_members",
        "signaling_cluster_refused_total",
        "signaling_cluster_unreachable",
        "signaling_files_reread_total",
        "signaling_limits_reached_total",
        "signaling_links_closed_total",
        "signaling_links_open",
        "signaling_messages_ignored_total",
        "signaling_node_draining",
        "signaling_node_ready",
        "signaling_relay_bytes_total",
        "signaling_relay_messages_total",
        "signaling_requests_answered_total",
        "signaling_requests_refused_total",
        "signaling_sockets_open",
        "signaling_sockets_refused_total",
        "signaling_tokens_refused_total",
        "signaling_tokens_throttled_total",
        "signaling_webhooks_events_total",
        "signaling_webhooks_failures_total",
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

    [Fact]
    public void Prometheus_has_the_days_of_a_certificate_by_the_name_that_alerts_ask_for()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var node = new NodeIdentity(Options.Create(new SignalingOptions()), TimeProvider.System);

        var names = NamesOf(SocketMetrics.MeterName, () => new CertificateMetrics(
            services.GetRequiredService<IMeterFactory>(), new CertificatesInUse([], node), TimeProvider.System).Dispose());

        Assert.Contains("signaling_certificate_days_left", names, StringComparer.Ordinal);
    }

    private static ISet<string> FiguresIn(string query) => Figure().Matches(query).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static ISet<string> Known() => Own.Concat(OfRuntime()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The runtime's own, which are there as soon as somebody listens.</summary>
    private static List<string> OfRuntime() => NamesOf("System.Runtime", () => { });

    /// <summary>The names that Prometheus has a meter's figures by.</summary>
    private static List<string> NamesOf(string meter, Action create)
    {
        List<string> names = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (string.Equals(instrument.Meter.Name, meter, StringComparison.Ordinal))
                    names.Add(NameOf(instrument));
            },
        };
        listener.Start();
        create();
        Assert.NotEmpty(names);
        return names;
    }

    /// <summary>As OpenTelemetry's exporter names it: a unit in braces is no part of the name.</summary>
    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", "d" => "_days", _ => "" };
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return instrument.Name.Replace('.', '_') + unit + (kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? "_total" : "");
    }

    [GeneratedRegex(@"\b(signaling|dotnet)_\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();
}
