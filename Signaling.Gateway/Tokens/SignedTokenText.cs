using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Signaling.Gateway.Tokens;

/// <summary>What a signed token says, as long as nobody has looked whether that is true: a JWS in its compact form (RFC 7515).</summary>
internal sealed record SignedTokenText
{
    private const int Longest = 16 * 1024;

    // The year 9999, which is as far as dates go.
    private const double LastSecond = 253_402_300_799;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private SignedTokenText(JsonElement header, JsonElement claims)
    {
        Algorithm = Text(header, "alg") ?? throw new FormatException();
        KeyId = Text(header, "kid");
        if (header.TryGetProperty("crit", out _))
            throw new FormatException(); // what has to be understood is not

        Expires = Time(claims, "exp");
        NotBefore = Time(claims, "nbf");
        IssuedAt = Time(claims, "iat");
        Issuer = Text(claims, "iss");
        Subject = Text(claims, "sub");
        Grant = claims.TryGetProperty(TokenGrant.Claim, out var grant) ? TokenGrant.Read(grant) : TokenGrant.All;
    }

    public string Algorithm { get; }

    public string? KeyId { get; }

    public DateTimeOffset? Expires { get; }

    public DateTimeOffset? NotBefore { get; }

    public DateTimeOffset? IssuedAt { get; }

    public string? Issuer { get; }

    public string? Subject { get; }

    /// <summary>What it grants; null: that can't be read.</summary>
    public TokenGrant? Grant { get; }

    /// <summary>Whether a text looks like one at all.</summary>
    public static bool IsMeant(string token) => token.StartsWith("ey", StringComparison.Ordinal) && token.AsSpan().Count('.') == 2;

    /// <summary>Reads one.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out SignedTokenText? text)
    {
        text = null;
        if (token.Length > Longest || token.Split('.') is not [var header, var claims, var signature] || !IsOneWayToWrite(signature))
            return false;

        try
        {
            using var headerJson = JsonDocument.Parse(Base64Url.DecodeFromChars(header), Strict);
            using var claimsJson = JsonDocument.Parse(Base64Url.DecodeFromChars(claims), Strict);
            text = new SignedTokenText(headerJson.RootElement, claimsJson.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    // White space, padding and bits that are left over would be passed over, and one token would have many names.
    private static bool IsOneWayToWrite(string signature) =>
        Base64Url.IsValid(signature) && string.Equals(Base64Url.EncodeToString(Base64Url.DecodeFromChars(signature)), signature, StringComparison.Ordinal);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? throw new FormatException() : null;

    private static DateTimeOffset? Time(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
            return null;

        var seconds = value.GetDouble();
        return seconds is >= 0 and <= LastSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : throw new FormatException();
    }
}
