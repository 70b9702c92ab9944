using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <content>What other nodes send, and what can't be delivered here.</content>
public sealed partial class NodeState
{
    /// <summary>A letter to this node.</summary>
    public void Receive(ILetter letter, long now)
    {
        if (IsOver(now))
            return;

        switch (letter)
        {
            case LeaseQuestion question:
                _leases.Receive(question, now);
                if (question.Farewell && _leases.Lost.SaysFarewell(question.From))
                    _rolls.MembersChanged(now);
                break;
            case LeaseAnswer answer:
                _leases.Receive(answer);
                TakeLost(now);
                break;
            case Granted granted:
                _reservations.Receive(granted);
                break;
            case HoldQuestion question:
                _reservations.Receive(question, now);
                break;
            case Released released:
                _reservations.Receive(released);
                break;
            case Revoked revoked:
                _reservations.Receive(revoked);
                break;
            case RollCall call:
                _rolls.Receive(call);
                break;
            case RollAnswer answer:
                _rolls.Receive(answer, now);
                break;
            case RollRefused refused:
                _rolls.Receive(refused, now);
                break;
            case BrokenLinks broken:
                _brokenEnds.Receive(broken);
                break;
            case BrokenLinksTold told:
                _brokenEnds.Receive(told);
                break;
        }
    }

    /// <summary>A letter for a connection, address or process that is gone: answered as it would have answered itself.</summary>
    public void Receive(Undeliverable undeliverable, long now)
    {
        if (IsOver(now))
            return;

        if (undeliverable.Letter is Granted granted && undeliverable.Node == _membership.Self)
            _reservations.GiveBack(granted.Standing.Key, granted.Standing.Name, now);
        else
            Gone.Answer(undeliverable, _effects);
    }

    /// <summary>
    /// A letter for a node that has left. Nobody else can answer it: what was said by its connections may come late, from where
    /// it waited for the home of a shard. What they held stands until the node is lost.
    /// </summary>
    public void Receive(Unsendable unsendable, long now)
    {
        if (IsOver(now) || !_membership.IsMember || _membership.Contains(unsendable.Node))
            return;
        if (unsendable.Letter is Granted or HoldQuestion && _leases.Lost.Waiting.Contains(unsendable.Node))
            return;

        Gone.Answer(new Undeliverable(unsendable.Node, unsendable.Number, unsendable.Letter), _effects);
    }
}
