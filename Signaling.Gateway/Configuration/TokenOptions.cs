using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>Limits of the user tokens: <c>signaling.tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>
    /// File with the admin token, in place of <see cref="SignalingOptions.AdminToken"/>: read at start, without white space at its
    /// ends. Null: there is none.
    /// </summary>
    public string? AdminTokenFile { get; set; }

    /// <summary>
    /// How many tokens fit at once in the whole cluster. They are counted in many small parts, so somewhat more may fit.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxCount { get; set; } = 100_000;

    /// <summary>Largest body of a registration in bytes, which bounds a token's length.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 16 * 1024;

    /// <summary>How long the other nodes may take to say whether they know a token that this one doesn't, before its peer is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a registration may take to reach every node before it answers 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RegisterTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
