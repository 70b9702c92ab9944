namespace Signaling.Gateway.Limits;

/// <summary>How much is let in over time.</summary>
/// <param name="PerSecond">In the long run.</param>
/// <param name="Burst">At once, after a while without.</param>
internal sealed record RateLimit(int PerSecond, int Burst)
{
    /// <summary>As it is set; null: there is none.</summary>
    /// <param name="perSecond">In the long run; 0: there is no limit.</param>
    /// <param name="burst">At once; null: a multiple of that.</param>
    /// <param name="times">The multiple.</param>
    public static RateLimit? Of(int perSecond, int? burst, int times) =>
        perSecond == 0 ? null : new RateLimit(perSecond, burst ?? (int)Math.Min((long)perSecond * times, int.MaxValue));

    /// <summary>A multiple of it.</summary>
    public RateLimit Times(int factor) => new(PerSecond * factor, Burst * factor);
}
