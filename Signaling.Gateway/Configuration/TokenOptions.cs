using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>Who may register user tokens, and limits of these: <c>signaling.tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>
    /// File with the admin token, in place of <see cref="SignalingOptions.AdminToken"/>, without white space at its ends. Null: there
    /// is none.
    /// </summary>
    public string? AdminTokenFile { get; set; }

    /// <summary>The admin token that is being replaced: it registers as well.</summary>
    public string? PreviousAdminToken { get; set; }

    /// <summary>File with it, in place of <see cref="PreviousAdminToken"/>.</summary>
    public string? PreviousAdminTokenFile { get; set; }

    /// <summary>
    /// How often all files are read again that may change while the node runs: those with admin tokens, with keys of <see cref="Signed"/>,
    /// with secrets of TURN servers, and the certificate of <c>httpsConfig</c>. One that has become unusable leaves what it held before.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RereadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many failed attempts one address, or one /64 of IPv6, has before it is throttled: wrong user tokens and wrong admin tokens, each
    /// for themselves.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxFailures { get; set; } = 20;

    /// <summary>After how long it has one more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FailureInterval { get; set; } = TimeSpan.FromSeconds(6);

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

    /// <summary>Tokens that need no registration, because they are signed.</summary>
    public SignedTokenOptions Signed { get; set; } = new();
}
