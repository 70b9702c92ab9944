namespace Signaling.Gateway.ClusterPort;

/// <summary>Why a connection of two nodes came to nothing.</summary>
/// <param name="kind">For the figures.</param>
/// <param name="reason">A clause for the log, without a full stop.</param>
/// <param name="cause">What was caught, if anything.</param>
internal sealed class RefusedException(Refusal kind, string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>What it is for the figures.</summary>
    public Refusal Kind { get; } = kind;

    /// <summary>Whether it is a node, but one that may not be in this one's cluster.</summary>
    public bool IsDisagreement => Kind is Refusal.Name or Refusal.Version or Refusal.Settings;
}
