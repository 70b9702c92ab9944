using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>What came of the conversations of a load.</summary>
internal sealed record LoadReport
{
    /// <summary>All conversations that there were.</summary>
    public required int Conversations { get; init; }

    /// <summary>Those that were never told to be over.</summary>
    public required int Open { get; init; }

    public required long Said { get; init; }

    public required long Heard { get; init; }

    /// <summary>Messages of open conversations that were not heard, and ones of the others that were left out before later ones.</summary>
    public required int Lost { get; init; }

    /// <summary>Messages of ended conversations that were said last and not heard: nobody may have read them.</summary>
    public required int Tail { get; init; }

    public required int Duplicates { get; init; }

    public required int OutOfOrder { get; init; }

    public required int Foreign { get; init; }

    /// <summary>Holders that were told, unasked, that they no longer hold their address.</summary>
    public required int LostAddresses { get; init; }

    /// <summary>Conversations that could not be opened.</summary>
    public required int NotOpened { get; init; }

    /// <summary>The longest time that an open conversation stood still.</summary>
    public required TimeSpan HoldUp { get; init; }

    /// <summary>The longest that the load itself came late.</summary>
    public required TimeSpan OwnDelay { get; init; }

    public static LoadReport Of(IReadOnlyCollection<Conversation> conversations, int notOpened, TimeSpan ownDelay)
    {
        var now = Moment.Now;
        var open = conversations.Where(one => one.IsOpen).ToArray();
        var ended = conversations.Where(one => !one.IsOpen).ToArray();
        var all = conversations.SelectMany(one => one.Directions).ToArray();
        var lost = open.SelectMany(one => one.Directions).Sum(way => way.Lost) + ended.SelectMany(one => one.Directions).Sum(way => way.Gaps);
        return new LoadReport
        {
            Conversations = conversations.Count,
            Open = open.Length,
            Said = all.Sum(way => (long)way.Said),
            Heard = all.Sum(way => (long)way.Heard),
            Lost = lost,
            Tail = ended.SelectMany(one => one.Directions).Sum(way => way.Lost - way.Gaps),
            Duplicates = all.Sum(way => way.Duplicates),
            OutOfOrder = all.Sum(way => way.OutOfOrder),
            Foreign = all.Sum(way => way.Foreign),
            LostAddresses = conversations.Count(one => one.Host.LostAddress is not null),
            NotOpened = notOpened,
            HoldUp = Longest(open.SelectMany(one => one.Directions).Select(way => way.HoldUp(now))
                .Concat(ended.SelectMany(one => one.Directions).Select(way => way.LongestWay))),
            OwnDelay = ownDelay,
        };
    }

    /// <summary>The figures.</summary>
    public (string Name, object Value)[] Figures =>
    [
        ("conversations", Conversations), ("open", Open), ("said", Said), ("lost", Lost), ("duplicates", Duplicates),
        ("out_of_order", OutOfOrder), ("foreign", Foreign), ("tail", Tail), ("lost_addresses", LostAddresses),
        ("hold_up", HoldUp), ("own_delay", OwnDelay),
    ];

    /// <summary>Nothing is lost, doubled, out of order or somebody else's.</summary>
    public void AssertIntact() =>
        Assert.Equal((0, 0, 0, 0, 0), (Lost, Duplicates, OutOfOrder, Foreign, LostAddresses));

    /// <summary>The same, and nothing ended.</summary>
    public void AssertUndisturbed()
    {
        AssertIntact();
        Assert.Equal(Conversations, Open);
        Assert.InRange(HoldUp, TimeSpan.Zero, Promises.HoldUp * Promises.Slack);
    }

    private static TimeSpan Longest(IEnumerable<TimeSpan> times) => times.DefaultIfEmpty().Max();
}
