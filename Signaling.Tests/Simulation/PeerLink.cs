namespace Signaling.Tests.Simulation;

/// <summary>One life of a link id, as the peer at one end sees it.</summary>
internal sealed class PeerLink(SimPeer owner, short id)
{
    public SimPeer Owner { get; } = owner;

    public short Id { get; } = id;

    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether this end has closed it, by an 8 of its own or with its socket.</summary>
    public bool ClosedHere { get; set; }

    public int Sent { get; private set; }

    public int Received { get; private set; }

    /// <summary>The other end, once data have shown which it is.</summary>
    public PeerLink? Other { get; private set; }

    public void Close()
    {
        if (!IsOpen)
            throw new InvariantException($"{Owner} got an 8 for {Id}, which is not open.");
        IsOpen = false;
    }

    public int NextToSend() => Sent++;

    public void Take(PeerLink from, int number)
    {
        if (!IsOpen)
            throw new InvariantException($"I7: {Owner} got data on {Id}, which is not open.");
        if ((Other is not null && Other != from) || (from.Other is not null && from.Other != this))
            throw new InvariantException($"I7: data of {from.Owner}'s link {from.Id} strayed to {Owner}'s {Id}.");
        if (number != Received)
            throw new InvariantException($"I2: {Owner} got number {number} on {Id} where {Received} was next.");

        (Other, from.Other) = (from, this);
        Received++;
    }

    /// <summary>All is quiet: whatever could arrive has.</summary>
    public void CheckAtRest()
    {
        if (Other is { ClosedHere: false } other && other.Received != Sent)
            throw new InvariantException($"I2: {other.Owner} got {other.Received} of {Sent} that {Owner} sent on {Id}.");
        if (IsOpen && !ClosedHere && (Other is null || !Other.IsOpen || Other.ClosedHere))
            throw new InvariantException($"I4: {Owner}'s link {Id} is open and has no other end.");
    }
}
