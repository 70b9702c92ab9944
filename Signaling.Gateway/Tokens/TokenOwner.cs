using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Signaling.Actors.Messages;

namespace Signaling.Gateway.Tokens;

/// <summary>On whose behalf the peer of a token acts.</summary>
internal static class TokenOwner
{
    // Never in UTF-8: no token is taken for somebody.
    private const byte Somebody = 0xFF;

    /// <summary>Of a token that names nobody: whoever has it.</summary>
    public static Owner Of(string token) => Of(Encoding.UTF8.GetBytes(token));

    /// <summary>Of a token that names somebody.</summary>
    /// <param name="issuer">Who says so.</param>
    /// <param name="subject">How that one calls them.</param>
    public static Owner Of(string? issuer, string subject) =>
        Of([Somebody, .. Encoding.UTF8.GetBytes($"{issuer?.Length ?? -1} {issuer}{subject}")]);

    private static Owner Of(byte[] bytes)
    {
        var hash = SHA256.HashData(bytes).AsSpan();
        return new Owner(BinaryPrimitives.ReadInt64BigEndian(hash), BinaryPrimitives.ReadInt64BigEndian(hash[8..]));
    }
}
