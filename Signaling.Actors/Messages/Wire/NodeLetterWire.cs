namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters between nodes as such on their way out and in.</summary>
internal static class NodeLetterWire
{
    /// <summary>Puts a letter into a parcel.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryWrite(ILetter letter, Parcel wire)
    {
        switch (letter)
        {
            case Messages.LeaseQuestion m:
                wire.LeaseQuestion = new LeaseQuestion { From = m.From, Number = m.Number, Removed = { m.Removed }, Farewell = m.Farewell };
                return true;
            case Messages.LeaseAnswer m:
                wire.LeaseAnswer = new LeaseAnswer { From = m.From, Number = m.Number, Renewed = m.Renewed, Expired = { m.Expired } };
                return true;
            case Messages.RollCall m:
                wire.RollCall = new RollCall { Shard = m.Shard, Incarnation = m.Incarnation.ToWire() };
                return true;
            case Messages.RollAnswer m:
                wire.RollAnswer = Write(m);
                return true;
            case Messages.RollRefused m:
                wire.RollRefused = Write(m);
                return true;
            case Messages.BrokenLinks m:
                wire.BrokenLinks = new BrokenLinks { From = m.From };
                wire.BrokenLinks.Page.Fill(m.Page, WireNames.ToWire);
                return true;
            case Messages.BrokenLinksTold m:
                wire.BrokenLinksTold = new BrokenLinksTold();
                wire.BrokenLinksTold.Page.Fill(m.Page, WireNames.ToWire);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The letter in a parcel; null where it is none of these.</summary>
    public static ILetter? Read(Parcel wire) => wire.LetterCase switch
    {
        Parcel.LetterOneofCase.LeaseQuestion => Read(wire.LeaseQuestion),
        Parcel.LetterOneofCase.LeaseAnswer => Read(wire.LeaseAnswer),
        Parcel.LetterOneofCase.RollCall => Read(wire.RollCall),
        Parcel.LetterOneofCase.RollAnswer => Read(wire.RollAnswer),
        Parcel.LetterOneofCase.RollRefused => Read(wire.RollRefused),
        Parcel.LetterOneofCase.BrokenLinks => Read(wire.BrokenLinks),
        Parcel.LetterOneofCase.BrokenLinksTold => Read(wire.BrokenLinksTold),
        _ => null,
    };

    private static RollAnswer Write(Messages.RollAnswer m)
    {
        var wire = new RollAnswer
        {
            From = m.From,
            Shard = m.Shard,
            Incarnation = m.Incarnation.ToWire(),
            Skip = m.Skip,
            Total = m.Total,
        };
        wire.Standings.Fill(m.Standings, WireNames.ToWire);
        return wire;
    }

    private static RollRefused Write(Messages.RollRefused m) => new()
    {
        From = m.From,
        Shard = m.Shard,
        Incarnation = m.Incarnation.ToWire(),
        Promised = m.Promised.ToWire(),
    };

    private static Messages.LeaseQuestion Read(LeaseQuestion m) =>
        new(m.From, m.Number, m.Removed.FromWire(WireLists.MaxNodes, node => node), m.Farewell);

    private static Messages.LeaseAnswer Read(LeaseAnswer m) =>
        new(m.From, m.Number, m.Renewed, m.Expired.FromWire(WireLists.MaxNodes, node => node));

    private static Messages.RollCall Read(RollCall m) => new(m.Shard.ToShard(), m.Incarnation.FromWire());

    private static Messages.RollAnswer Read(RollAnswer m)
    {
        WireLists.CheckPage(m.Standings.Count, m.Skip, m.Total);
        var standings = m.Standings.FromWire(Messages.RollAnswer.PageSize, WireNames.FromWire);
        return new Messages.RollAnswer(m.From, m.Shard.ToShard(), m.Incarnation.FromWire(), standings, m.Skip, m.Total);
    }

    private static Messages.RollRefused Read(RollRefused m) =>
        new(m.From, m.Shard.ToShard(), m.Incarnation.FromWire(), m.Promised.FromWire());

    private static Messages.BrokenLinks Read(BrokenLinks m) =>
        new(m.From, m.Page.FromWire(Messages.BrokenLinks.PageSize, WireNames.FromWire));

    private static Messages.BrokenLinksTold Read(BrokenLinksTold m) =>
        new(m.Page.FromWire(Messages.BrokenLinks.PageSize, WireNames.FromWire));
}
