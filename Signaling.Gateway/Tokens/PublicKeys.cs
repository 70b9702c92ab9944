using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Gateway.Tokens;

/// <summary>Reads the public keys of RS256 and ES256, and refuses weak ones.</summary>
internal static class PublicKeys
{
    private const int LeastRsaBits = 2048;
    private const int MostKeys = 32;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads a key in PEM form.</summary>
    /// <exception cref="FormatException">It is none; the message is the rest of a sentence.</exception>
    public static TokenKey OfPem(string text)
    {
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new FormatException("holds a private key, which belongs to who signs alone; put the public one here, as \"openssl pkey -pubout\" makes it");

        using var rsa = RSA.Create();
        using var ec = ECDsa.Create();
        if (TryImport(rsa, text))
            return Of(rsa.ExportParameters(includePrivateParameters: false), id: null);
        if (TryImport(ec, text))
            return Of(ec.ExportParameters(includePrivateParameters: false), id: null);
        throw new FormatException("holds no public key in PEM form, RSA or EC; one begins with -----BEGIN PUBLIC KEY-----");
    }

    /// <summary>
    /// Reads a JSON Web Key Set (RFC 7517). Keys that are for something else, of other kinds or algorithms, are passed over: a set may hold
    /// some for others. So are secrets, which no such set is the place for.
    /// </summary>
    /// <exception cref="FormatException">It is none; the message is the rest of a sentence.</exception>
    public static IReadOnlyList<TokenKey> OfSet(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var keys)
                || keys.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException("holds no JSON Web Key Set, which is an object with a list \"keys\"");
            }

            if (keys.GetArrayLength() > MostKeys)
                throw new FormatException($"holds more than {MostKeys} keys");
            return [.. keys.EnumerateArray().Select(OfJson).OfType<TokenKey>()];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("holds no JSON, or some that says a thing twice", e);
        }
        catch (CryptographicException e)
        {
            throw new FormatException("holds a key that is none", e);
        }
    }

    private static TokenKey? OfJson(JsonElement json)
    {
        if (Text(json, "use") is not (null or "sig"))
            return null;

        var (kind, algorithm, id) = (Text(json, "kty"), Text(json, "alg"), Text(json, "kid"));
        if (kind is "RSA" && algorithm is (null or TokenKey.Rs256))
            return Of(new RSAParameters { Modulus = Bytes(json, "n"), Exponent = Bytes(json, "e") }, id);
        if (kind is "EC" && algorithm is (null or TokenKey.Es256) && Text(json, "crv") is "P-256")
            return Of(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(json, "x"), Y = Bytes(json, "y") } }, id);
        return null;
    }

    private static TokenKey Of(RSAParameters key, string? id)
    {
        using (var rsa = RSA.Create(key))
        {
            if (rsa.KeySize < LeastRsaBits)
                throw new FormatException($"holds an RSA key of {rsa.KeySize} bits; at least {LeastRsaBits} are needed");
        }

        return new TokenKey(TokenKey.Rs256, id, new RsaSecurityKey(key));
    }

    private static TokenKey Of(ECParameters key, string? id)
    {
        if (!string.Equals(key.Curve.Oid.Value, P256, StringComparison.Ordinal))
            throw new FormatException("holds a key on another curve than P-256, the one of ES256");

        using var ec = ECDsa.Create(key); // refuses a point that is not on the curve
        return new TokenKey(TokenKey.Es256, id, JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ec)));
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static byte[] Bytes(JsonElement json, string name)
    {
        var text = Text(json, name);
        return Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : throw new FormatException($"holds a key whose \"{name}\" is missing or no base64url");
    }
}
