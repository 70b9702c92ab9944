namespace Signaling.Actors.Nodes;

/// <summary>When this node last kept another one's lease alive. What it says of that must never be too early.</summary>
internal sealed class LastAnswers
{
    private readonly Dictionary<int, long> _at = [];

    /// <summary>When the other's lease can no longer rest on this node, in ms.</summary>
    public long ExpiryOf(int node) => _at.TryGetValue(node, out var at) ? at + Lease.Length : long.MinValue;

    /// <summary>The first sight of a node counts as an answer: until then it may have held its lease without this one.</summary>
    public void Saw(int node, long now) => _at.TryAdd(node, now);

    /// <summary>The other's lease has just been renewed.</summary>
    public void Renewed(int node, long now) => _at[node] = now;

    /// <summary>A lost node's lease is over, whoever asks.</summary>
    public void Forget(int node) => _at.Remove(node);
}
