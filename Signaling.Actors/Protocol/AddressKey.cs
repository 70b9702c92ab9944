using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Actors.Protocol;

/// <summary>
/// What the cluster knows of an address: a hash of its app and its text. The text itself, often a secret, never
/// leaves the gateway of the peer that said it.
/// </summary>
public static class AddressKey
{
    /// <summary>An address that is reserved has at most this many UTF-16 units.</summary>
    public const int MaxAddressLength = 256;

    /// <summary>What a key is, for nodes that compare it.</summary>
    public const string Hash = "SHA-256, 128 bits, then FNV-1a";

    private const int HashBytes = 16;

    /// <summary>
    /// SHA-256 over app, NUL and the address' UTF-16 units, cut to 128 bits, as base64url. Two addresses that
    /// differ in any unit have two keys. Part of the contract between nodes: it changes only with a full stop.
    /// </summary>
    /// <param name="app">The app's path; the same address in another app has another key.</param>
    /// <param name="address">The address, any text.</param>
    /// <returns>22 characters.</returns>
    public static string Of(string app, string address)
    {
        var appBytes = Encoding.UTF8.GetByteCount(app);
        var length = appBytes + 1 + (address.Length * sizeof(char));
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var text = rented.AsSpan(0, length);
            Encoding.UTF8.GetBytes(app, text);
            text[appBytes] = 0;
            Frame.WriteUnits(address, text[(appBytes + 1)..]);

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(text, hash);
            return Base64Url.EncodeToString(hash[..HashBytes]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }
}
