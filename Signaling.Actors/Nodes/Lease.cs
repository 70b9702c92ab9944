namespace Signaling.Actors.Nodes;

/// <summary>
/// This node's right to serve. It runs for <see cref="Length"/> from the sending of the latest question that enough members
/// have answered: from the sending, since those who answered count from a later moment, so that they never see it end before
/// this node does.
/// </summary>
/// <param name="self">The uid of this node.</param>
internal sealed class Lease(int self)
{
    /// <summary>How long it runs, in ms.</summary>
    public const long Length = 8_000;

    /// <summary>It has not been held yet.</summary>
    public const long NotYet = long.MinValue;

    /// <summary>It runs for as long as this node is alone.</summary>
    public const long Alone = long.MaxValue;

    private const int Remembered = 32; // questions: as many as are sent within the lease

    private readonly long[] _sentAt = new long[Remembered];
    private (NodeMember Member, long AnsweredFor)[] _members = [];
    private bool _wasUp;

    /// <summary>Until when it runs, in ms.</summary>
    public long Until { get; private set; } = NotYet;

    /// <summary>The number of the latest question.</summary>
    public long LastQuestion { get; private set; }

    /// <summary>Whether it is held.</summary>
    public bool IsHeld(long now) => Until != NotYet && now <= Until;

    /// <summary>Whether it has run out.</summary>
    public bool IsOver(long now) => Until != NotYet && now > Until;

    /// <summary>Other members count from now on. What was held by the earlier ones is kept to its end.</summary>
    public void MembersAre(ReadOnlySpan<NodeMember> members, long now)
    {
        var before = _members;
        _members = new (NodeMember, long)[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            var known = IndexOf(before, members[i].Uid);
            _members[i] = (members[i], known < 0 ? KeepMajority.Never : before[known].AnsweredFor);
            _wasUp |= members[i].Uid == self && members[i].IsVoter;
        }

        if (_wasUp && members.Length == 1 && members[0].Uid == self)
        {
            Until = Alone;
            return;
        }

        if (Until == Alone)
            Until = now + Length; // nobody else could have known of this node until now
        Extend();
    }

    /// <summary>Numbers a question that is sent to all other members now.</summary>
    public void Ask(long now)
    {
        LastQuestion++;
        _sentAt[LastQuestion % Remembered] = now;
        Answered(self, LastQuestion);
    }

    /// <summary>A member has answered a question.</summary>
    public void Answered(int member, long question)
    {
        var index = IndexOf(_members, member);
        if (index < 0 || question > LastQuestion || question <= LastQuestion - Remembered)
            return;

        var sentAt = _sentAt[question % Remembered];
        if (sentAt + Length <= _sentAt[LastQuestion % Remembered])
            return; // a lease that rests on it is over

        _members[index].AnsweredFor = Math.Max(_members[index].AnsweredFor, sentAt);
        Extend();
    }

    private static int IndexOf((NodeMember Member, long AnsweredFor)[] members, int uid)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i].Member.Uid == uid)
                return i;
        }

        return -1;
    }

    private void Extend()
    {
        var since = _wasUp && Until != Alone ? KeepMajority.HeldSince(_members) : KeepMajority.Never;
        if (since != KeepMajority.Never)
            Until = Math.Max(Until, since + Length);
    }
}
