using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// How often each client has shown a wrong token. One that has for too often is throttled, until some time has gone by. What is known of
/// a client goes when it has all its attempts again.
/// </summary>
internal sealed class FailedAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<(Kind, ClientAddress)> _limiter;

    public FailedAttempts(IOptions<SignalingOptions> options)
    {
        var tokens = options.Value.Tokens;
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = tokens.MaxFailures,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = tokens.FailureInterval,
            QueueLimit = 0,
        };
        Interval = tokens.FailureInterval;
        _limiter = PartitionedRateLimiter.Create<(Kind, ClientAddress), (Kind, ClientAddress)>(
            client => RateLimitPartition.GetTokenBucketLimiter(client, _ => bucket));
    }

    /// <summary>What was attempted. Each counts for itself: who shares an address with wrong peers may still register tokens.</summary>
    public enum Kind
    {
        /// <summary>To open a socket.</summary>
        Socket,

        /// <summary>To register a token.</summary>
        Registration,
    }

    /// <summary>After how long a client that is throttled has one more attempt.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Counts a failed attempt.</summary>
    /// <returns>False: the client is throttled.</returns>
    public bool TryCount(Kind kind, IPAddress? client)
    {
        using var lease = _limiter.AttemptAcquire((kind, ClientAddress.Of(client)));
        return lease.IsAcquired;
    }

    /// <summary>Whether the client is throttled.</summary>
    public bool IsThrottled(Kind kind, IPAddress? client) =>
        _limiter.GetStatistics((kind, ClientAddress.Of(client))) is { CurrentAvailablePermits: < 1 };

    public void Dispose() => _limiter.Dispose();
}
