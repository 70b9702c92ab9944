using System.Text.Json;

namespace Signaling.Gateway.Webhooks;

/// <summary>
/// Tells webhooks what waits for them: as much as waits at once, in order, again and again with growing pauses until it is taken or given
/// up. Each webhook has its own pace.
/// </summary>
internal sealed partial class WebhookSender(
    AppWebhooks webhooks, HttpClient http, WebhookMetrics metrics, TimeProvider time, Random random, ILogger<WebhookSender> logger) : BackgroundService
{
    private const int MostInBatch = 100;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The sockets are closed by now. What waits has some time left to be told.
        webhooks.End();
        if (ExecuteTask is { } all)
            await Task.WhenAny(all, Task.Delay(LastWords, time, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(webhooks.All.Select(webhook => TellAsync(webhook, stoppingToken)));

    private async Task TellAsync(AppWebhook webhook, CancellationToken stopping)
    {
        try
        {
            while (await webhook.Waiting.WaitToReadAsync(stopping))
            {
                await Task.WhenAny(webhook.Waiting.Completion, Task.Delay(Gathering, time, stopping));
                var batch = new List<WebhookEvent>();
                while (batch.Count < MostInBatch && webhook.Waiting.TryRead(out var one))
                    batch.Add(one);
                await TellAsync(webhook, batch, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            metrics.Dropped(webhook.App, webhook.Waiting.Count);
        }
    }

    private async Task TellAsync(AppWebhook webhook, List<WebhookEvent> batch, CancellationToken stopping)
    {
        var id = $"msg_{Guid.NewGuid():N}";
        var body = JsonSerializer.SerializeToUtf8Bytes(new { events = batch }, JsonSerializerOptions.Web);
        var (start, pause) = (time.GetTimestamp(), FirstPause);
        while (await AttemptAsync(webhook, id, body, stopping) is { } fault)
        {
            metrics.Failed(webhook.App);
            if (time.GetElapsedTime(start) + pause > webhook.Options.GiveUpAfter)
            {
                metrics.Dropped(webhook.App, batch.Count);
                GaveUp(logger, webhook.App, batch.Count, fault);
                return;
            }

            NotTaken(logger, webhook.App, fault, pause.TotalSeconds);
            await Task.Delay(pause * (0.5 + random.NextDouble()), time, stopping);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        metrics.Delivered(webhook.App, batch.Count);
    }

    /// <returns>Why it was not taken; null: it was.</returns>
    private async Task<string?> AttemptAsync(AppWebhook webhook, string id, byte[] body, CancellationToken stopping)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        late.CancelAfter(webhook.Options.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Options.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            WebhookSignature.Sign(request, webhook.Secret.Value, id, time.GetUtcNow(), body);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException error)
        {
            return error.GetBaseException().Message;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"it has not answered within {webhook.Options.Timeout.TotalSeconds} s";
        }
    }

    [LoggerMessage(2050, LogLevel.Warning, "The webhook of {App} has not taken what it was told: {Fault}. It is told again in {Pause} s.")]
    private static partial void NotTaken(ILogger logger, string app, string fault, double pause);

    [LoggerMessage(2051, LogLevel.Error, "The webhook of {App} has not taken {Count} events for too long, and they are dropped: {Fault}.")]
    private static partial void GaveUp(ILogger logger, string app, int count, string fault);
}
