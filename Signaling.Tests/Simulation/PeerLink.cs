namespace Signaling.Tests.Simulation;

/// <summary>One life of a link id at one peer, as the server's writes and the peer's own words make it.</summary>
/// <param name="owner">The peer.</param>
/// <param name="id">The id.</param>
/// <param name="index">Its number among all of the history; data name it.</param>
/// <param name="address">The address that it was asked for; null where others have asked.</param>
internal sealed class PeerLink(SimPeer owner, short id, int index, string? address)
{
    private readonly List<long> _handledAt = [];

    public SimPeer Owner { get; } = owner;

    public short Id { get; } = id;

    public int Index { get; } = index;

    public string? Address { get; } = address;

    /// <summary>Its 6 was written; its 8 or 7 was.</summary>
    public bool IsOpened { get; set; }

    public bool IsOver { get; set; }

    /// <summary>The peer has read its 6, and its 8 or 7.</summary>
    public bool IsKnown { get; set; }

    public bool IsKnownOver { get; set; }

    /// <summary>The peer has said 8, and the server has come to that, or to the end of the peer's socket.</summary>
    public bool IsToClose { get; set; }

    public bool IsClosedHere { get; set; }

    /// <summary>The server has ended it because it stalled or its other end did not confirm its end.</summary>
    public bool IsBrokenOff { get; set; }

    /// <summary>The other end, once data have shown which it is.</summary>
    public PeerLink? Other { get; private set; }

    /// <summary>Whether the other end takes nothing more.</summary>
    public bool OtherHasEnded { get; private set; }

    public long OpenedAt { get; set; }

    public int Sent { get; private set; }

    public int Handled => _handledAt.Count;

    public int Received { get; private set; }

    /// <summary>Bytes that the server has taken from the peer and not handed to the other peer's transport.</summary>
    public long Unwritten { get; set; }

    public override string ToString() => $"{Owner}'s link {Index} ({Id})";

    public int NextToSend() => Sent++;

    public void Handle(long now) => _handledAt.Add(now);

    public long HandledAt(int number) => _handledAt[number];

    /// <summary>The other end takes nothing more: what was sent over this one is kept no longer than until that is known.</summary>
    public void OtherEnds()
    {
        if (OtherHasEnded)
            return;

        OtherHasEnded = true;
        Owner.Connection.Memory.Over(this);
    }

    /// <summary>A frame of another link is written to this one's peer.</summary>
    public void Take(PeerLink from, int number)
    {
        if (!IsOpened || IsOver)
            throw new InvariantException("I7", $"{this} is written data of {from} and is not open.");
        if ((Other is not null && Other != from) || (from.Other is not null && from.Other != this))
            throw new InvariantException("I7", $"data of {from} stray to {this}.");
        if (from.Owner.App != Owner.App)
            throw new InvariantException("I7", $"data of {from} cross to another app, to {this}.");
        if ((Address is null) == (from.Address is null) && !Owner.App.AddressSharing)
            throw new InvariantException("I7", $"data go between {from} and {this}, and just one of them has asked.");
        if (number != Received)
            throw new InvariantException("I2", $"{this} is written number {number} of {from} where {Received} is next.");

        Pair(from);
        Received++;
    }

    /// <summary>The two ends of one link have shown themselves.</summary>
    public void Pair(PeerLink other)
    {
        if (Other is not null || other.Other is not null)
            return;

        MatchAddress(other);
        (Other, other.Other) = (other, this);
    }

    private void MatchAddress(PeerLink from)
    {
        var (asked, holder) = Address is null ? (from.Address, Owner) : (Address, from.Owner);
        if (asked is not null && !holder.HasHeld(asked))
            throw new InvariantException("I7", $"{from} and {this} are linked, asked for by '{asked}', which {holder} has never held.");
    }
}
