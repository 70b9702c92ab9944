using System.Globalization;
using System.Net;
using System.Text.Json;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway.Callbacks;

/// <summary>Asks an app's own program whether a peer may listen or call.</summary>
internal sealed partial class AppAdmission(
    AppOptions app, AdmissionOptions options, HttpClient http, AdmissionMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly Uri _url = new(options.Url!);

    /// <summary>The secret that questions are signed by.</summary>
    public RereadFiles<byte[]> Secret { get; } = AppWebhook.ReadSecret(options.Url, options.SecretFile, $"signaling.apps.{app.Name}.admission");

    /// <summary>Asks.</summary>
    /// <param name="request">What the peer asks for.</param>
    /// <param name="owner">On whose behalf the peer acts.</param>
    /// <returns>Whether it may have it. It never fails.</returns>
    public async Task<bool> AdmitsAsync(AdmissionRequest request, Owner owner)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = request.Type,
                app = app.Path,
                address = request.Address,
                owner = owner == default ? null : string.Create(CultureInfo.InvariantCulture, $"{owner.High:x16}{owner.Low:x16}"),
            },
            JsonSerializerOptions.Web);
        using var late = new CancellationTokenSource(options.Timeout, time);
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
            question.Content.Headers.ContentType = new("application/json");
            WebhookSignature.Sign(question, Secret.Value, $"msg_{Guid.NewGuid():N}", time.GetUtcNow(), body);
            using var answer = await http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, late.Token);
            if (answer.IsSuccessStatusCode)
                return Counted(isAdmitted: true, "allowed");
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                return Counted(isAdmitted: false, "denied");
            return WithoutAnswer($"it answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException error)
        {
            return WithoutAnswer(error.GetBaseException().Message);
        }
        catch (OperationCanceledException)
        {
            return WithoutAnswer($"it has not answered within {options.Timeout.TotalSeconds} s");
        }
    }

    private bool WithoutAnswer(string fault)
    {
        var isAdmitted = options.WithoutAnswer == AdmissionDefault.Allow;
        NoAnswer(logger, app.Path, fault, isAdmitted ? "let in" : "denied");
        return Counted(isAdmitted, "unanswered");
    }

    private bool Counted(bool isAdmitted, string outcome)
    {
        metrics.Asked(app.Path, outcome);
        return isAdmitted;
    }

    [LoggerMessage(2060, LogLevel.Warning, "Whether a peer of {App} may have an address has not been answered: {Fault}. It is {Outcome}.")]
    private static partial void NoAnswer(ILogger logger, string app, string fault, string outcome);
}
