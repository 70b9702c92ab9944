using System.Globalization;

namespace Signaling.Gateway.Certificates;

/// <summary>A certificate that this process lives by, and how long it still may.</summary>
/// <param name="Use">What it is for: <see cref="Public"/> or <see cref="Cluster"/>.</param>
/// <param name="Origin">The file and the key that name it, for messages.</param>
/// <param name="NotAfter">When it runs out.</param>
internal sealed record CertificateInUse(string Use, string Origin, DateTimeOffset NotAfter)
{
    /// <summary>Shown to peers.</summary>
    public const string Public = "public";

    /// <summary>Shown to other nodes.</summary>
    public const string Cluster = "cluster";

    private const int DaysOfWarning = 14;

    /// <summary>How many days it has left, less than none where it has run out.</summary>
    public double DaysLeft(DateTimeOffset now) => (NotAfter - now).TotalDays;

    /// <summary>What there is to say of it; null: it holds for long enough.</summary>
    public string? WarningAt(DateTimeOffset now)
    {
        var date = NotAfter.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var isReread = string.Equals(Use, Public, StringComparison.Ordinal);
        return DaysLeft(now) switch
        {
            < 0 => isReread
                ? $"{Origin}: the certificate ran out on {date}; browsers refuse it. Renew it: a new one is taken without a restart."
                : $"{Origin}: the certificate ran out on {date}; nodes that are not connected to this one can't be any more. Renew it, and start the node again.",
            <= DaysOfWarning and var left => string.Create(
                CultureInfo.InvariantCulture,
                $"{Origin}: the certificate runs out on {date}, in {(int)left} days; renew it{(isReread ? ": a new one is taken without a restart." : ", and start the node again.")}"),
            _ => null,
        };
    }
}
