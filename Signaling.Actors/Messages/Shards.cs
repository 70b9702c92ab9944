using System.Globalization;

namespace Signaling.Actors.Messages;

/// <summary>
/// Spreads the addresses over shards. Part of the contract between nodes: it changes only with a full stop.
/// </summary>
public static class Shards
{
    /// <summary>How many there are: ten for each of thirty nodes.</summary>
    public const int Count = 300;

    private const char KeyOfShard = '~'; // no address' key has it: those are base64url

    /// <summary>The shard of an address.</summary>
    /// <param name="key">The address' key, see <see cref="Protocol.AddressKey"/>, or the key of a whole shard.</param>
    public static int Of(string key)
    {
        if (key.StartsWith(KeyOfShard) && int.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var shard))
            return shard % Count;

        var hash = 2166136261u; // FNV-1a: keys are cut from a cryptographic hash, so any spread is even
        foreach (var unit in key)
            hash = (hash ^ unit) * 16777619u;
        return (int)(hash % Count);
    }

    /// <summary>The key by which a request reaches the node that a shard lives on, rather than one address.</summary>
    public static string KeyOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{KeyOfShard}{shard}");

    /// <summary>Whether a key is that of a whole shard.</summary>
    public static bool IsKeyOfShard(string key) => key.StartsWith(KeyOfShard);
}
