namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>Why a tried call did not work.</summary>
/// <param name="found">What came instead of what should have.</param>
/// <param name="remedy">What to look at.</param>
/// <param name="cause">What was caught, if anything.</param>
internal sealed class TryCallException(string found, string remedy, Exception? cause = null)
    : Exception($"{found}; {remedy}.", cause)
{
    /// <summary>What came instead of what should have.</summary>
    public string Found { get; } = found;

    /// <summary>Whether it may pass by itself, as with a node that is just starting or stopping.</summary>
    public bool MayPass { get; init; }
}
