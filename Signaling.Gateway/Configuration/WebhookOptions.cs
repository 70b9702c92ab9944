using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// A URL of somebody else's that is told what the peers of an app do: <c>signaling.apps.NAME.webhook</c>. What is told is signed, as
/// Standard Webhooks has it (https://www.standardwebhooks.com).
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>The URL; null: nobody is told.</summary>
    [KeySetUrl]
    public string? Url { get; set; }

    /// <summary>The file with the secret that it is signed by, which is read again while the node runs. Needed with a URL.</summary>
    public string? SecretFile { get; set; }

    /// <summary>Most events that wait to be told; more are dropped, and counted.</summary>
    [Range(1, 1_000_000)]
    public int Queue { get; set; } = 10_000;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long events that are not taken are told again, before they are dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(1);
}
