namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters about reservations on their way out and in.</summary>
internal static class ReservationLetterWire
{
    /// <summary>Puts a letter into a parcel.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryWrite(ILetter letter, Parcel wire)
    {
        switch (letter)
        {
            case Messages.Granted m:
                wire.Granted = Write(m);
                return true;
            case Messages.Denied m:
                wire.Denied = new Denied { Reservation = m.Reservation.ToWire(), Full = m.IsFull };
                return true;
            case Messages.Released m:
                wire.Released = new Released { Key = m.Key, Reservation = m.Reservation.ToWire(), Incarnation = m.Incarnation.ToWire() };
                return true;
            case Messages.Revoked m:
                wire.Revoked = new Revoked { Reservation = m.Reservation.ToWire() };
                return true;
            case Messages.HoldQuestion m:
                wire.HoldQuestion = new HoldQuestion
                {
                    Held = m.Held.ToWire(),
                    Contender = m.Contender?.ToWire(),
                    Asker = m.Asker.ToWire(),
                    Rank = m.Rank.ToWire(),
                    MakesWay = m.MakesWay,
                };
                return true;
            case Messages.HoldAnswer m:
                wire.HoldAnswer = new HoldAnswer
                {
                    Held = m.Held.ToWire(),
                    Contender = m.Contender?.ToWire(),
                    Stands = m.Stands,
                    Rank = m.Rank.ToWire(),
                };
                return true;
            default:
                return false;
        }
    }

    /// <summary>The letter in a parcel; null where it is none of these.</summary>
    public static ILetter? Read(Parcel wire) => wire.LetterCase switch
    {
        Parcel.LetterOneofCase.Granted => Read(wire.Granted),
        Parcel.LetterOneofCase.Denied => new Messages.Denied(wire.Denied.Reservation.FromWire(), wire.Denied.Full),
        Parcel.LetterOneofCase.Released => Read(wire.Released),
        Parcel.LetterOneofCase.Revoked => new Messages.Revoked(wire.Revoked.Reservation.FromWire()),
        Parcel.LetterOneofCase.HoldQuestion => Read(wire.HoldQuestion),
        Parcel.LetterOneofCase.HoldAnswer => Read(wire.HoldAnswer),
        _ => null,
    };

    private static Granted Write(Messages.Granted m)
    {
        var wire = new Granted { Standing = m.Standing.ToWire(), Granter = m.Granter.ToWire(), Skip = m.Skip, Total = m.Total };
        wire.Earlier.Fill(m.Earlier, WireNames.ToWire);
        return wire;
    }

    private static Messages.Granted Read(Granted m)
    {
        WireLists.CheckPage(m.Earlier.Count, m.Skip, m.Total);
        var earlier = m.Earlier.FromWire(Messages.Granted.PageSize, WireNames.FromWire);
        return new Messages.Granted(m.Standing.FromWire(), m.Granter.FromWire(), earlier, m.Skip, m.Total);
    }

    private static Messages.Released Read(Released m) => new(m.Key, m.Reservation.FromWire(), m.Incarnation.FromWire());

    private static Messages.HoldQuestion Read(HoldQuestion m) =>
        new(m.Held.FromWire(), m.Rank.FromWire(), ReadContender(m.Contender), m.Asker.FromWire(), m.MakesWay);

    private static Messages.HoldAnswer Read(HoldAnswer m) =>
        new(m.Held.FromWire(), m.Rank.FromWire(), ReadContender(m.Contender), m.Stands);

    private static ReservationName? ReadContender(Reservation? wire) => wire is null ? null : wire.FromWire();
}
