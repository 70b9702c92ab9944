using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;

namespace Signaling.Tests.Simulation;

/// <summary>Hands a NodeState what its node's actors and its cluster tell it, as its shell does.</summary>
internal static class NodeInput
{
    public static void Give(NodeState state, object message, SimView view, long now)
    {
        switch (message)
        {
            case Undeliverable undeliverable:
                state.Receive(undeliverable, now);
                break;
            case Unsendable unsendable:
                state.Receive(unsendable, now);
                break;
            case GivenBack givenBack:
                state.Receive(givenBack, now);
                break;
            case ConnectionEnded ended:
                state.Receive(ended, now);
                break;
            case LinkBroken broken:
                state.Receive(broken, now);
                break;
            case AddressStarted started:
                state.Receive(started, now);
                break;
            case AddressEnded ended:
                state.Receive(ended, now);
                break;
            case StandingChanged change:
                state.Receive(change, now);
                break;
            case Digest digest:
                state.Receive(digest, now);
                break;
            case ViewChanged:
                state.MembersAre(view.Snapshot(), now);
                break;
        }
    }
}
