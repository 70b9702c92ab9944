namespace Signaling.Load;

/// <summary>What a load is made of.</summary>
internal sealed record LoadPlan
{
    /// <summary>Where its peers connect, in turn.</summary>
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>Whether the two ends of a link go to two URLs.</summary>
    public bool IsCross { get; init; }

    /// <summary>The user token of all peers; null: none.</summary>
    public string? UserToken { get; init; }

    /// <summary>Whether any certificate will do.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Whether it may go to public addresses.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>How many peers, pairs, calls at once, or peers of a room, as its mode counts.</summary>
    public int Count { get; init; }

    /// <summary>Messages of a pair that are under way at once, where no rate is set.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Messages, or calls, a second, all together, at fixed times; 0: each follows the one before.</summary>
    public int Rate { get; init; }

    /// <summary>Bytes of data in a message.</summary>
    public int Size { get; init; }

    /// <summary>How many sockets are being opened at once.</summary>
    public int Opening { get; init; }

    /// <summary>How long the opening of all is drawn out.</summary>
    public TimeSpan Ramp { get; init; }

    /// <summary>How long the load is on before it is measured.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long it is measured.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long a single step may take, and at the end the last arrival.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Processes on this machine whose use of it is told.</summary>
    public IReadOnlyList<int> Processes { get; init; } = [];

    /// <summary>How long one of all that are opened waits for its turn.</summary>
    public TimeSpan DelayOf(int number) => Ramp * ((double)number / Count);

    /// <summary>The URL of one end of a pair.</summary>
    /// <param name="pair">The pair's number.</param>
    /// <param name="end">0 or 1.</param>
    public Uri UrlOf(int pair, int end = 0) => Urls[(pair + (IsCross ? end : 0)) % Urls.Count];
}
