namespace Signaling.Tests.Faults;

/// <summary>That a peer held an address, as the peer knows it. It lasts no longer than it is sure to have lasted.</summary>
/// <param name="Address">What it held.</param>
/// <param name="Holder">Who, for people.</param>
/// <param name="Node">The node that it was connected to.</param>
/// <param name="From">When it was told that it holds it.</param>
internal sealed record Claim(string Address, string Holder, int Node, Moment From)
{
    /// <summary>When it said the last thing that its node has answered.</summary>
    public Moment Proof { get; set; } = From;

    /// <summary>When it gave the address back.</summary>
    public Moment? GivenBack { get; set; }

    /// <summary>When it was told that it is over, by 5 or by the end of its socket.</summary>
    public Moment? Told { get; set; }

    /// <summary>
    /// Until when it certainly lasted. Who gave the address back held it until then. Who lost it otherwise held it until
    /// the last thing its node has answered. Whose node was stopped or cut off held it until that node's lease had ended.
    /// </summary>
    /// <param name="now">When nothing is known of an end.</param>
    /// <param name="cutOffs">When its node was stopped or cut off.</param>
    public Moment End(Moment now, IEnumerable<Moment> cutOffs)
    {
        Moment? cutOff = null;
        foreach (var at in cutOffs)
        {
            if (WasHeldAt(at))
                cutOff = at;
        }

        var end = cutOff is { } last ? Moment.Later(Proof, last + Promises.Lease)
            : GivenBack ?? (Told is null ? now : Proof);
        return GivenBack is { } given ? Moment.Earlier(end, given) : end;
    }

    /// <summary>Whether its peer held the address at a moment, for all that it knew then.</summary>
    public bool WasHeldAt(Moment at) =>
        From < at && !(GivenBack is { } given && given < at) && !(Told is { } told && told < at);
}
