namespace Signaling.Actors.Messages;

/// <summary>Asks another node to renew the sender's lease.</summary>
/// <param name="From">The uid of the node that asks.</param>
/// <param name="Number">The number of the question, from 1 on; the answer repeats it.</param>
/// <param name="Removed">The nodes that have left the cluster and may still hold a lease, as far as the asking one knows.</param>
/// <param name="Farewell">Whether the asking node is about to leave, and has no connections any more and never will.</param>
public sealed record LeaseQuestion(int From, long Number, IReadOnlyList<int> Removed, bool Farewell) : ILetter
{
    int ILetter.MostBytes => 256 + (4 * Removed.Count);
}

/// <summary>Answers a <see cref="LeaseQuestion"/>, while the node that answers sees the asking one reachable.</summary>
/// <param name="From">The uid of the node that answers.</param>
/// <param name="Number">The number of the question.</param>
/// <param name="Renewed">Whether it counts for the asking one's lease; false from a node that sees it unreachable.</param>
/// <param name="Expired">Of the question's removed nodes those whose lease no answer of this one keeps alive any more.</param>
public sealed record LeaseAnswer(int From, long Number, bool Renewed, IReadOnlyList<int> Expired) : ILetter
{
    int ILetter.MostBytes => 256 + (4 * Expired.Count);
}

/// <summary>Asks a node to name its reservations in a shard, and to take no grant of an earlier roll call from then on.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Incarnation">The roll call; its node is the one that asks.</param>
public sealed record RollCall(int Shard, Incarnation Incarnation) : ILetter;

/// <summary>Answers a <see cref="RollCall"/>, in pages, since no message between nodes exceeds 32 KiB.</summary>
/// <param name="From">The uid of the node that answers.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Incarnation">The roll call.</param>
/// <param name="Standings">A page of the reservations of its connections there.</param>
/// <param name="Skip">How many the pages before held.</param>
/// <param name="Total">How many there are in all pages.</param>
public sealed record RollAnswer(
    int From, int Shard, Incarnation Incarnation, IReadOnlyList<Standing> Standings, int Skip, int Total) : ILetter
{
    /// <summary>Most reservations in one page; 32 KiB hold some 290 of the longest.</summary>
    public const int PageSize = 250;

    int ILetter.MostBytes => 256 + (120 * Standings.Count);
}

/// <summary>Answers a <see cref="RollCall"/>: a later one has been promised already.</summary>
/// <param name="From">The uid of the node that answers.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Incarnation">The roll call that is refused.</param>
/// <param name="Promised">The one that is promised.</param>
public sealed record RollRefused(int From, int Shard, Incarnation Incarnation, Incarnation Promised) : ILetter;

/// <summary>Tells a node of links that have no other end any more. Answered by <see cref="BrokenLinksTold"/>.</summary>
/// <param name="From">The uid of the node that tells.</param>
/// <param name="Page">The links, a page of them.</param>
public sealed record BrokenLinks(int From, IReadOnlyList<BrokenLink> Page) : ILetter
{
    /// <summary>Most links in one page; 32 KiB hold some 500.</summary>
    public const int PageSize = 300;

    int ILetter.MostBytes => 256 + (100 * Page.Count);
}

/// <summary>Confirms <see cref="BrokenLinks"/>.</summary>
/// <param name="Page">The links of that page.</param>
public sealed record BrokenLinksTold(IReadOnlyList<BrokenLink> Page) : ILetter
{
    int ILetter.MostBytes => 256 + (100 * Page.Count);
}
