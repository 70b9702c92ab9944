namespace Signaling.Actors.Messages;

/// <summary>To every connection and address of a node: another node has left the cluster, dead or alive.</summary>
/// <param name="Node">Its uid.</param>
public sealed record NodeLost(int Node);

/// <summary>To the NodeActor: a letter for a connection or address of this node that is no more.</summary>
/// <param name="Letter">The letter.</param>
public sealed record Undeliverable(ILetter Letter);
