using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// The user tokens of the whole cluster, each until it expires. They are replicated to the memory of every node; what is
/// kept is their hash, spread over many small maps, since one map travels as one message.
/// </summary>
internal sealed class UserTokens(ActorSystem system, IOptions<SignalingOptions> options, TimeProvider time)
{
    private const int Maps = 1024;
    private const int HashBytes = 16;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);
    private readonly TokenOptions _options = options.Value.Tokens;
    private readonly int _mostPerMap = MostPerMap(options.Value.Tokens.MaxCount);

    /// <summary>Whether a token is good as far as this node knows.</summary>
    public Task<bool> IsKnownHereAsync(string userToken, CancellationToken cancellation) => IsValidAsync(userToken, ReadLocal.Instance, cancellation);

    /// <summary>Whether a token is good as far as any node knows.</summary>
    public Task<bool> IsKnownElsewhereAsync(string userToken, CancellationToken cancellation) =>
        IsValidAsync(userToken, new ReadAll(_options.LookupTimeout), cancellation);

    /// <summary>Registers a token, or sets the time of a registered one anew.</summary>
    /// <param name="userToken">The token, any text.</param>
    /// <param name="seconds">How long it is good for, from now.</param>
    /// <returns>What has become of it.</returns>
    public async Task<Registration> RegisterAsync(string userToken, double seconds)
    {
        var (map, name) = Place(userToken);
        var now = Now;
        var expiry = now + (long)(Math.Min(seconds, Longest.TotalSeconds) * 1000);
        var node = Cluster.Get(system);

        var response = await Replicator.Ask<IUpdateResponse>(Dsl.Update(
            map,
            LWWDictionary<string, long>.Empty,
            new WriteAll(_options.RegisterTimeout),
            tokens =>
            {
                foreach (var old in tokens.Entries.Where(token => token.Value <= now).ToArray())
                    tokens = tokens.Remove(node, old.Key);
                if (tokens.Count >= _mostPerMap && !tokens.ContainsKey(name))
                    throw new TokensFullException();
                return tokens.SetItem(node, name, expiry);
            }));

        return response switch
        {
            { IsSuccessful: true } => Registration.Done,
            ModifyFailure { Cause: TokensFullException } => Registration.Full,
            _ => Registration.NotEverywhere,
        };
    }

    private async Task<bool> IsValidAsync(string userToken, IReadConsistency consistency, CancellationToken cancellation)
    {
        var (map, name) = Place(userToken);
        var response = await Replicator.Ask<IGetResponse>(Dsl.Get(map, consistency), cancellation);
        return response.IsSuccessful && response.Get(map).TryGetValue(name, out var expiry) && expiry > Now;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private IActorRef Replicator => DistributedData.Get(system).Replicator;

    // Tokens fall on the maps by chance: each map has room for more than its share, so that as many as configured fit.
    private static int MostPerMap(int maxCount)
    {
        var share = (double)maxCount / Maps;
        return (int)(share + (5 * Math.Sqrt(share)) + 10);
    }

    private static (LWWDictionaryKey<string, long> Map, string Name) Place(string userToken)
    {
        var hash = Hash(userToken);
        var map = (hash[HashBytes] | (hash[HashBytes + 1] << 8)) % Maps;
        return (new LWWDictionaryKey<string, long>($"user-tokens-{map}"), Base64Url.EncodeToString(hash.AsSpan(0, HashBytes)));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed class TokensFullException : Exception;
}

/// <summary>What has become of a token's registration.</summary>
internal enum Registration
{
    /// <summary>It is good on every node.</summary>
    Done,

    /// <summary>It is good here, but not every node has confirmed it in time.</summary>
    NotEverywhere,

    /// <summary>There are too many tokens already.</summary>
    Full,
}
