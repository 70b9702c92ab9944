namespace Signaling.Client;

/// <summary>Why a peer could not do what it should.</summary>
/// <param name="found">What came instead of what should have.</param>
/// <param name="remedy">What to look at.</param>
/// <param name="cause">What was caught, if anything.</param>
public sealed class PeerException(string found, string remedy, Exception? cause = null)
    : Exception($"{found}; {remedy}.", cause)
{
    /// <summary>What came instead of what should have.</summary>
    public string Found { get; } = found;

    /// <summary>What to look at.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>Whether it may pass by itself, as with a node that is just starting or stopping.</summary>
    public bool MayPass { get; init; }
}
