namespace Signaling.Gateway.Certificates;

/// <summary>Says at start, and each day after, which certificates are about to run out.</summary>
/// <param name="certificates">Those of this process.</param>
/// <param name="time">The clock that they are held against.</param>
/// <param name="logger">The log.</param>
internal sealed partial class CertificateWatch(
    CertificatesInUse certificates, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var daily = new PeriodicTimer(Day, time);
        try
        {
            do
            {
                foreach (var warning in certificates.All.Select(one => one.WarningAt(time.GetUtcNow())).OfType<string>())
                    RunsOut(logger, warning);
            }
            while (await daily.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops, or has not started: the framework takes the second for an error.
        }
    }

    [LoggerMessage(2035, LogLevel.Warning, "{Warning}")]
    private static partial void RunsOut(ILogger logger, string warning);
}
