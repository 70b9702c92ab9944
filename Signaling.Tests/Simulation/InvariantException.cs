namespace Signaling.Tests.Simulation;

/// <summary>A history that should not be.</summary>
/// <param name="invariant">The invariant that it breaks: I1 to I7, or what the wire protocol says.</param>
/// <param name="message">How.</param>
internal sealed class InvariantException(string invariant, string message) : Exception($"{invariant}: {message}")
{
    public string Invariant { get; } = invariant;
}
