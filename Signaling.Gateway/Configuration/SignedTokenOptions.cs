using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// User tokens that somebody else has signed, JWTs: <c>signaling.tokens.signed</c>. They are taken where a key is named. Which algorithm
/// a key is for is a matter of the key: HS256 of a secret, RS256 of an RSA key, ES256 of a key on the curve P-256.
/// </summary>
public sealed class SignedTokenOptions
{
    /// <summary>File with the secret of HS256: a text of at least 32 bytes, white space at its ends left out.</summary>
    public string? SecretFile { get; set; }

    /// <summary>File with the secret that is being replaced; tokens that it signed are still good.</summary>
    public string? PreviousSecretFile { get; set; }

    /// <summary>PEM file with the public key of RS256 or ES256.</summary>
    public string? PublicKeyFile { get; set; }

    /// <summary>PEM file with the public key that is being replaced; tokens that it signed are still good.</summary>
    public string? PreviousPublicKeyFile { get; set; }

    /// <summary>File with a JSON Web Key Set: public keys of RS256 and ES256.</summary>
    public string? KeySetFile { get; set; }

    /// <summary>Where such a set is fetched from: https, or http of this machine.</summary>
    [KeySetUrl]
    public string? KeySetUrl { get; set; }

    /// <summary>How long after a fetch the next one comes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after a fetch that failed the next one comes, and after any the one that a token with an unknown key asks for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a fetch may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest key set that is fetched, in bytes.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxKeySetBytes { get; set; } = 256 * 1024;

    /// <summary>What <c>iss</c> has to be. Null: anything.</summary>
    public string? Issuer { get; set; }

    /// <summary>What <c>aud</c> has to be, or to have in it. Null: anything.</summary>
    public string? Audience { get; set; }

    /// <summary>How far the clocks of who signs and of this node may be apart.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time from <c>iat</c>, which a token then has to have, to <c>exp</c>. Null: any.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan? LongestLife { get; set; }

    /// <summary>Whether a socket is closed when its token expires.</summary>
    public bool CloseAtExpiry { get; set; }

    /// <summary>Whether such tokens are taken.</summary>
    internal bool IsActive => KeySetUrl is not null || Files.Any(file => file.Path is not null);

    /// <summary>The files that hold keys, by the name of what names them.</summary>
    internal IEnumerable<(string Name, string? Path)> Files =>
    [
        ("secretFile", SecretFile),
        ("previousSecretFile", PreviousSecretFile),
        ("publicKeyFile", PublicKeyFile),
        ("previousPublicKeyFile", PreviousPublicKeyFile),
        ("keySetFile", KeySetFile),
    ];
}
