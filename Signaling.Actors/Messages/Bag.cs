namespace Signaling.Actors.Messages;

/// <summary>Letters on their way to another node that travel together, in the order they were sent in.</summary>
/// <param name="Parcels">The letters, each with its receiver.</param>
public sealed record Bag(IReadOnlyList<Parcel> Parcels) : IClusterMessage
{
    /// <summary>
    /// What a bag may weigh, by the <see cref="Parcel.MostBytes"/> of what is in it: with what remoting puts around it, it stays
    /// below 32 KiB, as any message between nodes. The largest letter has a bag for itself.
    /// </summary>
    public const int MaxBytes = (32 * 1024) - 512;
}
