namespace Signaling.Actors.Nodes;

/// <summary>
/// Whether the members that have answered could go on if the others were cut off: what Akka's <c>KeepMajority</c>
/// (Akka.Cluster.SBR, DowningStrategy.cs) would decide on their side, so that of two sides at most one may serve.
/// Members that are Up or Leaving count; of two halves the one with the lowest address stays. It then asks again with the
/// changes that the other side may have made already, those who join counted there and those who leave not counted here,
/// and where the two answers differ it downs everybody. Stricter than Akka's in one point: in the second look the lowest of those
/// who may be Up over there has to be here too, or a node that is alone while one of a lower address joins would serve beside it.
/// </summary>
internal static class KeepMajority
{
    /// <summary>No time at all.</summary>
    public const long Never = long.MinValue;

    /// <summary>The latest time since when enough members have answered; <see cref="Never"/> if too few ever have.</summary>
    /// <param name="members">All members in the order of their addresses, and the time in ms that each has answered for.</param>
    public static long HeldSince(ReadOnlySpan<(NodeMember Member, long AnsweredFor)> members)
    {
        var since = Never;
        foreach (var (_, time) in members)
        {
            if (time > since && IsKept(members, time))
                since = time;
        }

        return since;
    }

    private static bool IsKept(ReadOnlySpan<(NodeMember Member, long AnsweredFor)> members, long since)
    {
        int votersHere = 0, votersThere = 0, leastHere = 0, mostThere = 0;
        bool? isLowestVoterHere = null, isLowestUpHere = null, isLowestToBeHere = null;
        foreach (var (member, time) in members)
        {
            if (member.Stage == MemberStage.Exiting)
                continue;

            var isHere = time >= since;
            var isUp = member.Stage == MemberStage.Up;
            if (member.IsVoter)
            {
                isLowestVoterHere ??= isHere;
                votersHere += isHere ? 1 : 0;
                votersThere += isHere ? 0 : 1;
            }

            if (isUp)
                isLowestUpHere ??= isHere;
            if (isUp || member.Stage == MemberStage.Joining)
                isLowestToBeHere ??= isHere;
            leastHere += isHere && isUp ? 1 : 0;
            mostThere += isHere ? 0 : 1;
        }

        // Where nobody is missing there is no other side.
        return IsKept(votersHere, votersThere, isLowestVoterHere)
            && (mostThere == 0 || IsKept(leastHere, mostThere, isLowestUpHere == true && isLowestToBeHere == true));
    }

    private static bool IsKept(int here, int there, bool? isLowestHere) =>
        here > there || (here == there && isLowestHere == true);
}
