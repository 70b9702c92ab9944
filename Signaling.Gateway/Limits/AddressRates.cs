using System.Threading.RateLimiting;

namespace Signaling.Gateway.Limits;

/// <summary>How often each client address may do something. One that has done nothing for a while is forgotten.</summary>
internal sealed class AddressRates : IDisposable
{
    private readonly PartitionedRateLimiter<ClientAddress> _limiter;

    /// <param name="limit">How often.</param>
    public AddressRates(RateLimit limit)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            TokenLimit = limit.Burst,
            AutoReplenishment = false, // the limiter of all does it for each
        };
        _limiter = PartitionedRateLimiter.Create<ClientAddress, ClientAddress>(
            address => RateLimitPartition.GetTokenBucketLimiter(address, _ => bucket));
    }

    /// <summary>Counts once more.</summary>
    /// <returns>False: it has done so too often.</returns>
    public bool TryTake(ClientAddress address)
    {
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
