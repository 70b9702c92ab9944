using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The leases of the cluster as far as this node has to do with them: it asks for its own to be renewed, renews those of others
/// whom it sees reachable, and finds out which removed nodes can't hold one any more.
/// </summary>
internal sealed class Leases
{
    private const long AskEvery = 1_000; // ms
    private const long AskEveryForLost = 250; // ms, while new calls wait to hear that a removed node is lost

    private readonly Membership _membership;
    private readonly INodeEffects _effects;
    private readonly Lease _own;
    private readonly LastAnswers _answers = new();
    private long _askAt = long.MaxValue;
    private readonly HashSet<int> _heardFarewell = [];
    private long _told = Lease.NotYet;
    private long _farewell = long.MaxValue; // the number of the first question that says so

    public Leases(Membership membership, INodeEffects effects)
    {
        _membership = membership;
        _effects = effects;
        _own = new Lease(membership.Self);
        Lost = new LostNodes(membership, _answers);
    }

    /// <summary>Who is removed and not lost.</summary>
    public LostNodes Lost { get; }

    /// <summary>When <see cref="Tick"/> is to be called, in ms.</summary>
    public long Due => Math.Min(Math.Min(_askAt, Lost.Due), _own.Until is Lease.NotYet or Lease.Alone ? long.MaxValue : _own.Until + 1);

    /// <summary>Whether this node may serve.</summary>
    public bool IsHeld(long now) => _own.IsHeld(now);

    /// <summary>Whether this node may serve no more.</summary>
    public bool IsOver(long now) => _own.IsOver(now);

    /// <summary>Whether every other member knows that this node has no connections any more.</summary>
    public bool IsFarewellHeard
    {
        get
        {
            foreach (var node in _membership.Others)
            {
                if (!_heardFarewell.Contains(node))
                    return false;
            }

            return _farewell != long.MaxValue || _membership.Others.Count == 0;
        }
    }

    /// <summary>This node has no connections any more and never will. The others are told with its next question.</summary>
    public void SayFarewell(long now)
    {
        if (_farewell != long.MaxValue)
            return;

        _farewell = _own.LastQuestion + 1;
        _askAt = Math.Min(_askAt, now);
    }

    public void MembersChanged(long now)
    {
        foreach (var member in _membership.Members)
            _answers.Saw(member.Uid, now);

        _own.MembersAre(_membership.Members, now);
        if (_membership.Others.Count == 0)
            _askAt = long.MaxValue;
        else if (_askAt == long.MaxValue)
            _askAt = now;
        TellUntil();
    }

    /// <summary>A node has been removed: what it held stands until it is lost.</summary>
    public void Removed(NodeMember node, long now)
    {
        if (node.IsReachable)
            AnswerFor(node, now);
        Lost.Add(node);
        _askAt = Math.Min(_askAt, now);
    }

    public void Receive(LeaseQuestion question, long now)
    {
        var isRenewed = _membership.IsReachable(question.From);
        if (isRenewed)
            _answers.Renewed(question.From, now);

        List<int> expired = [];
        foreach (var node in question.Removed)
        {
            if (!_membership.Contains(node) && now >= _answers.ExpiryOf(node))
                expired.Add(node);
        }

        _effects.Tell(question.From, new LeaseAnswer(_membership.Self, question.Number, isRenewed, expired));
    }

    public void Receive(LeaseAnswer answer)
    {
        if (answer.Renewed)
        {
            _own.Answered(answer.From, answer.Number);
            TellUntil();
        }

        if (answer.Number >= _farewell)
            _heardFarewell.Add(answer.From);
        foreach (var node in answer.Expired)
            Lost.Expired(node, answer.From);
    }

    /// <summary>Takes out a removed node that is lost.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeLost(long now, out int node)
    {
        if (!Lost.TryTake(now, out node))
            return false;

        _answers.Forget(node);
        return true;
    }

    public void Tick(long now)
    {
        if (_askAt > now)
            return;

        _askAt = now + (Lost.Waiting.Count == 0 ? AskEvery : AskEveryForLost);
        _own.Ask(now);
        var question = new LeaseQuestion(_membership.Self, _own.LastQuestion, Lost.Waiting, _own.LastQuestion >= _farewell);
        foreach (var node in _membership.Others)
            _effects.Tell(node, question);
        TellUntil();
    }

    // One that leaves in good order may have renewed leases right before. Whoever stays answers for it: who was cut off and downed
    // instead was so together with those whose leases it could still renew, and they were too few for one.
    private void AnswerFor(NodeMember leaver, long now)
    {
        foreach (var member in _membership.Members)
        {
            if (member.IsReachable)
                _answers.Renewed(member.Uid, now);
        }

        foreach (var removed in Lost.Waiting)
        {
            if (!Lost.IsExpired(removed, leaver.Uid))
                _answers.Renewed(removed, now);
        }
    }

    private void TellUntil()
    {
        if (_own.Until == _told)
            return;

        _told = _own.Until;
        _effects.LeaseUntil(_told);
    }
}
