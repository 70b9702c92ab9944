using Signaling.Actors.Messages;

namespace Signaling.Tests.Cluster.Neighbour;

/// <summary>A kind of message that only the neighbouring build knows.</summary>
/// <param name="From">The uid of the node that sends it.</param>
public sealed record Greeting(int From) : IClusterMessage;
