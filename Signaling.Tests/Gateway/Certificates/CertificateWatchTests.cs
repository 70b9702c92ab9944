using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

public sealed class CertificateWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(15, null)]
    [InlineData(14, "f: k: the certificate runs out on 2026-12-08, in 14 days; renew it, and start the node again.")]
    [InlineData(0.5, "f: k: the certificate runs out on 2026-11-25, in 0 days; renew it, and start the node again.")]
    [InlineData(-1, "f: k: the certificate ran out on 2026-11-23; nodes that are not connected to this one can't be any more. Renew it, and start the node again.")]
    public void A_certificate_warns_for_its_last_fourteen_days(double days, string? warning) =>
        Assert.Equal(warning, new CertificateInUse(CertificateInUse.Cluster, "f: k", Start.AddDays(days)).WarningAt(Start));

    [Fact]
    public async Task The_log_warns_at_start_and_each_day_after()
    {
        var time = new FakeTimeProvider(Start);
        var log = new LineLog();
        var certificates = new CertificatesInUse(
            [
                new CertificateInUse(CertificateInUse.Public, "a", Start.AddDays(3)),
                new CertificateInUse(CertificateInUse.Public, "b", Start.AddDays(15.5)),
            ],
            new NodeIdentity(Options.Create(new SignalingOptions()), time));
        using var watch = new CertificateWatch(certificates, time, log);

        await watch.StartAsync(CancellationToken.None);
        await Eventually.BecomesAsync(() => log.Lines.Count, count => count == 1, Patience);
        time.Advance(TimeSpan.FromDays(1));
        await Eventually.BecomesAsync(() => log.Lines.Count, count => count == 2, Patience);
        time.Advance(TimeSpan.FromDays(1));
        await Eventually.BecomesAsync(() => log.Lines.Count, count => count == 4, Patience);
        await watch.StopAsync(CancellationToken.None);

        Assert.Equal("aaab", string.Concat(log.Lines.Select(line => line[0])));
    }

    [Fact]
    public void The_days_left_are_a_figure_for_each_use()
    {
        var time = new FakeTimeProvider(Start);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var certificates = new CertificatesInUse(
            [
                new CertificateInUse(CertificateInUse.Public, "a", Start.AddDays(30)),
                new CertificateInUse(CertificateInUse.Cluster, "b", Start.AddDays(3)),
                new CertificateInUse(CertificateInUse.Cluster, "c", Start.AddDays(1.5)),
            ],
            new NodeIdentity(Options.Create(new SignalingOptions()), time));
        var factory = services.GetRequiredService<IMeterFactory>();
        using var metrics = new CertificateMetrics(factory, certificates, time);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "signaling.certificate.days_left" && instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => figures[$"{tags[0].Key}={tags[0].Value}"] = value);
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["use=public"] = 30, ["use=cluster"] = 1.5 }, figures);
    }

    private sealed class LineLog : ILogger<CertificateWatch>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }
    }
}
