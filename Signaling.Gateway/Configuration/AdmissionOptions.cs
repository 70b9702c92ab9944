using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// A URL of somebody else's that is asked whether a peer may listen or call, each time: <c>signaling.apps.NAME.admission</c>. What is asked is
/// signed as <see cref="WebhookOptions"/> are.
/// </summary>
public sealed class AdmissionOptions
{
    /// <summary>The URL; null: nobody is asked.</summary>
    [KeySetUrl]
    public string? Url { get; set; }

    /// <summary>The file with the secret that it is signed by, which is read again while the node runs. Needed with a URL.</summary>
    public string? SecretFile { get; set; }

    /// <summary>How long an answer may take. The peer's later messages wait for it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What a peer may do where there is no answer in time, or none that says yes or no.</summary>
    public AdmissionDefault WithoutAnswer { get; set; }
}

/// <summary>What counts where nobody answers.</summary>
public enum AdmissionDefault
{
    /// <summary>No.</summary>
    Deny,

    /// <summary>Yes.</summary>
    Allow,
}
