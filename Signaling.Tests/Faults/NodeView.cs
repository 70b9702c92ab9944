using System.Text.Json;

namespace Signaling.Tests.Faults;

/// <summary>What a node says of itself: <c>GET /node</c> on its internal listener.</summary>
/// <param name="Uid">The number of its start.</param>
/// <param name="Address">Where it takes part in its cluster.</param>
/// <param name="Status">What it is in its cluster.</param>
/// <param name="LeaseHeld">Whether it may serve.</param>
/// <param name="Draining">Whether it is about to stop.</param>
/// <param name="Connections">How many peers it has.</param>
/// <param name="Shards">The shards of addresses that live on it.</param>
/// <param name="Members">The numbers of the nodes that it knows.</param>
internal sealed record NodeView(
    int Uid, string Address, string Status, bool LeaseHeld, bool Draining, int Connections, int[] Shards, int[] Members)
{
    public static NodeView Read(string json) => JsonSerializer.Deserialize<NodeView>(json, JsonSerializerOptions.Web)!;
}
