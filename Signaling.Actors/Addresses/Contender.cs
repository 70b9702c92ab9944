using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>One who asks for an address that somebody holds.</summary>
/// <param name="Request">What it has asked for.</param>
/// <param name="Since">When it came, in ms.</param>
/// <param name="Deadline">When it has waited for too long, in ms.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Contender(Reserve Request, long Since, long Deadline)
{
    public ReservationName Name => Request.Reservation;

    /// <summary>Whether the holder has to make way for it. Nobody in particular is not the same as nobody in particular.</summary>
    public bool WinsOver(Standing holder) => !holder.Shared && Request.Takeover switch
    {
        Takeover.NewestWins => true,
        Takeover.SameTokenWins => Request.Owner != default && Request.Owner == holder.Owner,
        _ => false,
    };
}
