using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Rereading;

/// <summary>Keeps all that stands in files, and may change there while the node runs, as it is there now.</summary>
/// <param name="all">What is to be read again.</param>
/// <param name="interval">How often.</param>
/// <param name="metrics">What counts it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RereadWatch(
    IReadOnlyList<IReread> all, TimeSpan interval, RereadMetrics metrics, TimeProvider time, ILogger<RereadWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (all.Count == 0)
            return;

        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var news in all.Select(one => one.Reread()).OfType<RereadNews>())
                    Tell(news);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, or has not started: the framework takes the second for an error.
        }
    }

    private void Tell(RereadNews news)
    {
        metrics.Reread(news.IsTaken);
        if (news.IsTaken)
            Taken(logger, news.Sentence);
        else
            Refused(logger, news.Sentence);
    }

    [LoggerMessage(2021, LogLevel.Information, "{Sentence}")]
    private static partial void Taken(ILogger logger, string sentence);

    [LoggerMessage(2022, LogLevel.Error, "{Sentence}")]
    private static partial void Refused(ILogger logger, string sentence);
}
