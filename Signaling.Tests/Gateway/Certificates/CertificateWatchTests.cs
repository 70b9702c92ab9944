using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
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
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()); // as certificates have it
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(15, null)]
    [InlineData(14, "f: k: the certificate runs out on 2026-12-08, in 14 days; renew it, and start the node again.")]
    [InlineData(0.5, "f: k: the certificate runs out on 2026-11-25, in 0 days; renew it, and start the node again.")]
    [InlineData(-1, "f: k: the certificate ran out on 2026-11-23; nodes that are not connected to this one can't be any more. Renew it, and start the node again.")]
    public void A_certificate_warns_for_its_last_fourteen_days(double days, string? warning) =>
        Assert.Equal(warning, new CertificateInUse(CertificateInUse.Cluster, "f: k", Start.AddDays(days)).WarningAt(Start));

    [Theory]
    [InlineData(15, null)]
    [InlineData(13, "f: k: the certificate runs out on 2026-12-07, in 13 days; renew it: a new one is taken without a restart.")]
    [InlineData(-1, "f: k: the certificate ran out on 2026-11-23; browsers refuse it. Renew it: a new one is taken without a restart.")]
    public void One_that_is_shown_to_peers_takes_no_restart(double days, string? warning) =>
        Assert.Equal(warning, new CertificateInUse(CertificateInUse.Public, "f: k", Start.AddDays(days)).WarningAt(Start));

    [Fact]
    public async Task The_log_warns_at_start_and_each_day_after()
    {
        var time = new FakeTimeProvider(Now);
        var log = new LineLog();
        var certificates = new CertificatesInUse(
            [Shown("a", Now.AddDays(3)), Shown("b", Now.AddDays(15.5))], new NodeIdentity(Options.Create(new SignalingOptions()), time));
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
    public void The_days_left_are_a_figure_for_each_use_that_follows_the_files_of_peers_certificate()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(Now);
        var shown = PublicCertificate.Load(Write(new TestCertificates(notAfter: Now.AddDays(3))), folder.Path, time);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var certificates = new CertificatesInUse([shown, Shown("b", Now.AddDays(60))], new NodeIdentity(Options.Create(OfNode(folder)), time));
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
        Assert.Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["use=public"] = 3, ["use=cluster"] = 1.5 }, figures);

        Write(new TestCertificates(notAfter: Now.AddDays(90)));
        Assert.True(shown.Reread() is { IsTaken: true });
        listener.RecordObservableInstruments();
        Assert.Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["use=public"] = 60, ["use=cluster"] = 1.5 }, figures);

        SecureEndpointConfig Write(TestCertificates certificates)
        {
            folder.Write("ssl.key", certificates.KeyPem);
            folder.Write("ssl.crt", certificates.ChainPem);
            return new SecureEndpointConfig(new EndpointConfig("f: httpsConfig", "f: httpsConfig.port", 0, Host: null), "ssl.key", "ssl.crt");
        }
    }

    private static SignalingOptions OfNode(TemporaryFolder folder)
    {
        var authority = new TestAuthority();
        using var certificate = authority.Issue(["127.0.0.1"], notAfter: Now.AddDays(1.5));
        var options = new SignalingOptions();
        options.Node.Profile = "static";
        options.Node.Tls.CertFile = folder.Write("node.crt", certificate.ExportCertificatePem());
        options.Node.Tls.KeyFile = folder.Write("node.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        options.Node.Tls.CaFile = folder.Write("ca.crt", authority.Certificate.ExportCertificatePem());
        return options;
    }

    private static PublicCertificate Shown(string origin, DateTimeOffset notAfter)
    {
        var made = new TestCertificates(notAfter: notAfter);
        return new PublicCertificate(origin, new ServerCertificate(made.Leaf, []));
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
