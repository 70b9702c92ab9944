using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The roll calls of all shards: answers those of other nodes, and calls the roll of each shard whose addresses live here.
/// A roll has been called when every node that is now a member, and every removed one that is not lost, has answered.
/// </summary>
/// <param name="membership">Who is asked.</param>
/// <param name="lost">Who is removed and not lost.</param>
/// <param name="table">The reservations of this node.</param>
/// <param name="promises">The roll calls that this node has answered, its own included.</param>
/// <param name="effects">What comes of it.</param>
internal sealed class RollBook(
    Membership membership, LostNodes lost, ReservationTable table, Promises promises, INodeEffects effects)
{
    private const long RepeatAfter = 500; // ms

    private readonly ShardRoll?[] _rolls = new ShardRoll?[Shards.Count];
    private readonly List<ShardRoll> _calling = [];

    /// <summary>How many shards' rolls have been called here and stand.</summary>
    public int Called { get; private set; }

    /// <summary>When <see cref="Tick"/> is to be called, in ms.</summary>
    public long Due
    {
        get
        {
            var due = long.MaxValue;
            foreach (var roll in _calling)
                due = Math.Min(due, roll.AskAt);
            return due;
        }
    }

    public void Receive(AddressStarted started, long now)
    {
        var roll = RollOf(Shards.Of(started.Key));
        if (!roll.Register(started.Key, started.Address) || roll.Phase == RollPhase.None)
            CallAnew(roll, now);
    }

    public void Receive(AddressEnded ended, long now)
    {
        var roll = RollOf(Shards.Of(ended.Key));
        if (roll.Unregister(ended.Key, ended.Address) && ended.EmptyBy != roll.Incarnation)
        {
            End(roll);
            if (roll.HasAddresses)
                Call(roll, above: 0, now);
        }
        else if (roll.Phase == RollPhase.Calling && !roll.HasAddresses)
        {
            End(roll); // the shard has moved on
        }
    }

    public void Receive(StandingChanged change)
    {
        if (_rolls[Shards.Of(change.Key)] is { Phase: RollPhase.Called } roll)
            roll.Mirror.Change(change.Name, change.Stands);
    }

    public void Receive(Digest digest, long now)
    {
        var roll = RollOf(digest.Shard);
        var isWrong = roll.Phase == RollPhase.Called
            && !membership.HasLeft(digest.Node)
            && !roll.Mirror.Agrees(digest.Node, new ReservationDigest(digest.Count, digest.Hash));
        if (isWrong || roll.Phase == RollPhase.None)
            CallAnew(roll, now);
    }

    /// <summary>Another node calls a roll.</summary>
    public void Receive(RollCall call)
    {
        if (promises.Answer(call) && _rolls[call.Shard] is { } roll && roll.Incarnation < call.Incarnation)
            End(roll);
    }

    public void Receive(RollAnswer answer, long now)
    {
        if (_rolls[answer.Shard] is not { Phase: RollPhase.Calling } roll || roll.Incarnation != answer.Incarnation)
            return;

        roll.Answers.Add(answer);
        CompleteIfAllHaveAnswered(roll, now);
    }

    /// <summary>A node has promised a later call than the current one, be it still being called or not.</summary>
    public void Receive(RollRefused refused, long now)
    {
        if (_rolls[refused.Shard] is not { Phase: not RollPhase.None } roll || roll.Incarnation != refused.Incarnation)
            return;

        if (roll.Phase == RollPhase.Called)
            End(roll);
        Call(roll, refused.Promised.Number, now);
    }

    /// <summary>Others are to be asked than before.</summary>
    public void MembersChanged(long now)
    {
        for (var i = _calling.Count - 1; i >= 0; i--)
        {
            _calling[i].AskAt = now;
            CompleteIfAllHaveAnswered(_calling[i], now);
        }
    }

    /// <summary>A node is lost, and what it held is free.</summary>
    public void Lost(int node)
    {
        foreach (var roll in _rolls)
            roll?.Lost(node);
    }

    public void Tick(long now)
    {
        foreach (var roll in _calling)
        {
            if (roll.AskAt <= now)
                Ask(roll, now);
        }
    }

    private ShardRoll RollOf(int shard) => _rolls[shard] ??= new ShardRoll(shard, effects);

    private void CallAnew(ShardRoll roll, long now)
    {
        End(roll);
        Call(roll, above: 0, now);
    }

    private void Call(ShardRoll roll, long above, long now)
    {
        if (roll.Phase != RollPhase.Calling)
            _calling.Add(roll);
        roll.Call(promises.Next(roll.Shard, above));
        Ask(roll, now);
        CompleteIfAllHaveAnswered(roll, now);
    }

    private void Ask(ShardRoll roll, long now)
    {
        roll.AskAt = now + RepeatAfter;
        var call = new RollCall(roll.Shard, roll.Incarnation);
        foreach (var node in lost.Unlost)
        {
            if (!roll.Answers.IsComplete(node))
                effects.Tell(node, call);
        }
    }

    private void CompleteIfAllHaveAnswered(ShardRoll roll, long now)
    {
        if (!membership.IsMember)
            return;

        foreach (var node in lost.Unlost)
        {
            if (!roll.Answers.IsComplete(node))
                return;
        }

        List<Standing> standings = [.. table.In(roll.Shard)];
        foreach (var node in lost.Unlost)
            standings.AddRange(roll.Answers.Of(node));
        Complete(roll, standings, now);
    }

    private void Complete(ShardRoll roll, List<Standing> standings, long now)
    {
        var latest = roll.Incarnation;
        foreach (var standing in standings)
            latest = standing.Rank.Incarnation > latest ? standing.Rank.Incarnation : latest;

        if (latest > roll.Incarnation)
        {
            // All who had promised as much are gone by now. The next grant has to come after those that stand.
            Call(roll, latest.Number, now);
            return;
        }

        _calling.Remove(roll);
        Called++;
        roll.Complete(standings);
    }

    private void End(ShardRoll roll)
    {
        if (roll.Phase == RollPhase.Calling)
            _calling.Remove(roll);
        else if (roll.Phase == RollPhase.Called)
            Called--;
        roll.End();
    }
}
