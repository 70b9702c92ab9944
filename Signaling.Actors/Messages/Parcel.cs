namespace Signaling.Actors.Messages;

/// <summary>A letter on its way to another node's NodeActor, which hands it on.</summary>
/// <param name="Node">The uid of the node that it is meant for; a restarted process is another node.</param>
/// <param name="Number">The number there of the connection or address; <see cref="NodeNumber"/> for the node itself.</param>
/// <param name="Letter">The letter.</param>
public sealed record Parcel(int Node, long Number, ILetter Letter) : IClusterMessage
{
    /// <summary>The number of the NodeActor itself.</summary>
    public const long NodeNumber = 0;

    /// <summary>What it takes between nodes at most, in bytes.</summary>
    public int MostBytes => Letter.MostBytes + 32;
}
