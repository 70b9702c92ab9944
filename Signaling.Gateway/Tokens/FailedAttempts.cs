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
    private const int MostTurns = 4;
    private const int MostWaiting = 1000;

    private readonly PartitionedRateLimiter<(Kind, ClientAddress)> _limiter;
    private readonly PartitionedRateLimiter<ClientAddress> _turns;

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

        var turns = new ConcurrencyLimiterOptions { PermitLimit = MostTurns, QueueLimit = MostWaiting };
        _turns = PartitionedRateLimiter.Create<ClientAddress, ClientAddress>(
            client => RateLimitPartition.GetConcurrencyLimiter(client, _ => turns));
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
    public void Count(Kind kind, IPAddress? client) => _limiter.AttemptAcquire((kind, ClientAddress.Of(client))).Dispose();

    /// <summary>Whether the client is throttled.</summary>
    public bool IsThrottled(Kind kind, IPAddress? client) =>
        _limiter.GetStatistics((kind, ClientAddress.Of(client))) is { CurrentAvailablePermits: < 1 };

    /// <summary>
    /// Waits until few others of the client are being looked at: whoever comes at once with many tokens is throttled as one is who comes
    /// with one after the other.
    /// </summary>
    /// <returns>Ends the turn; none is acquired where too many wait.</returns>
    public ValueTask<RateLimitLease> TakeTurnAsync(IPAddress? client, CancellationToken cancellation) =>
        _turns.AcquireAsync(ClientAddress.Of(client), cancellationToken: cancellation);

    public void Dispose()
    {
        _limiter.Dispose();
        _turns.Dispose();
    }
}
