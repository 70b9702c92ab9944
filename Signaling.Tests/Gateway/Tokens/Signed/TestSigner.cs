using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>Signs tokens as somebody else's program would: with nothing of the service, nor of its library.</summary>
public sealed class TestSigner
{
    private readonly Func<byte[], byte[]> _sign;

    private TestSigner(string algorithm, string? keyId, Func<byte[], byte[]> sign, string? pem = null, object? jwk = null) =>
        (Algorithm, KeyId, _sign, Pem, Jwk) = (algorithm, keyId, sign, pem!, jwk!);

    public string Algorithm { get; }

    public string? KeyId { get; }

    /// <summary>The public key as a PEM file has it.</summary>
    public string Pem { get; }

    /// <summary>The public key as a key set has it.</summary>
    public object Jwk { get; }

    public static TestSigner Hs256(string secret) =>
        new("HS256", keyId: null, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));

    public static TestSigner Rs256(string? keyId = null, int bits = 2048)
    {
        var key = RSA.Create(bits);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new TestSigner(
            "RS256",
            keyId,
            data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            key.ExportSubjectPublicKeyInfoPem(),
            new { kty = "RSA", use = "sig", kid = keyId ?? "none", n = Text(numbers.Modulus!), e = Text(numbers.Exponent!) });
    }

    public static TestSigner Es256(string? keyId = null, bool otherCurve = false)
    {
        var key = ECDsa.Create(otherCurve ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new TestSigner(
            "ES256",
            keyId,
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            key.ExportSubjectPublicKeyInfoPem(),
            new { kty = "EC", crv = "P-256", alg = "ES256", kid = keyId ?? "none", x = Text(numbers.Q.X!), y = Text(numbers.Q.Y!) });
    }

    /// <summary>A key set.</summary>
    public static string SetOf(params TestSigner[] signers) => JsonSerializer.Serialize(new { keys = signers.Select(one => one.Jwk) });

    /// <summary>Signs a token.</summary>
    /// <param name="claims">The claims as JSON, without the braces.</param>
    /// <param name="header">The header as JSON; null: a true one.</param>
    public string Sign(string claims, string? header = null)
    {
        header ??= KeyId is null ? $$"""{"alg":"{{Algorithm}}","typ":"JWT"}""" : $$"""{"alg":"{{Algorithm}}","kid":"{{KeyId}}"}""";
        var signed = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes($$"""{{{claims}}}"""))}";
        return $"{signed}.{Text(_sign(Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>Signs one that is good for some time.</summary>
    public string SignUntil(DateTimeOffset expiry, string claims = "") =>
        Sign($"\"exp\": {expiry.ToUnixTimeSeconds()}{(claims.Length > 0 ? ", " : "")}{claims}");

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
