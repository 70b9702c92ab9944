using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Gateway.Webhooks;

/// <summary>Signs what is told, as Standard Webhooks has it: by HMAC-SHA-256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>The key of a secret: behind <c>whsec_</c> it is base64, else the text itself.</summary>
    public static byte[] KeyOf(string secret) => secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[SecretPrefix.Length..])
        : Encoding.UTF8.GetBytes(secret);

    /// <summary>Puts id, time and signature into a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key.</param>
    /// <param name="id">The message's id, the same for each attempt to tell it.</param>
    /// <param name="at">The time of this attempt.</param>
    /// <param name="body">The body.</param>
    public static void Sign(HttpRequestMessage request, byte[] key, string id, DateTimeOffset at, byte[] body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
    }
}
