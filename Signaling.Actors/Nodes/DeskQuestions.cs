using Akka.Actor;

namespace Signaling.Actors.Nodes;

/// <summary>Puts a question to the nodes of the cluster. Answered by <see cref="NodesAnswered"/>. Local.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Body">What is asked, as the topic has it.</param>
/// <param name="Patience">How long they may take.</param>
/// <param name="Node">The uid of the only one to ask; null: all.</param>
public sealed record AskNodes(string Topic, Memory<byte> Body, TimeSpan Patience, int? Node = null) : INoSerializationVerificationNeeded;

/// <summary>What the nodes have answered, each in its place. Local.</summary>
/// <param name="Answers">One for each node that was asked.</param>
public sealed record NodesAnswered(IReadOnlyList<NodeAnswer> Answers) : INoSerializationVerificationNeeded;
