namespace Signaling.Actors.Messages.Wire;

/// <summary>A request for an address on its way out and in.</summary>
internal static class RequestWire
{
    public static Reserve Write(Messages.Reserve m) => new()
    {
        Key = m.Key,
        Reservation = m.Reservation.ToWire(),
        Shared = m.Shared,
        Takeover = (int)m.Takeover,
        Owner = m.Owner.ToWire(),
        MostListeners = m.MostListeners == int.MaxValue ? 0 : m.MostListeners,
    };

    /// <summary>A policy that this version does not know takes nothing over.</summary>
    public static Messages.Reserve Read(Reserve m) => new(
        m.Key,
        m.Reservation.FromWire(),
        m.Shared,
        m.Takeover is (int)Takeover.SameTokenWins or (int)Takeover.NewestWins ? (Takeover)m.Takeover : Takeover.Reject,
        m.Owner.FromWire(),
        m.MostListeners > 0 ? m.MostListeners : int.MaxValue);
}
