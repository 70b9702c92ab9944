using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// Asks a NodeActor to answer <see cref="LeaveTaken"/> as soon as the node serves no connection, has told others of all that
/// were, and that no more will come. Local.
/// </summary>
public sealed class TakeLeave : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly TakeLeave Instance = new();

    private TakeLeave()
    {
    }
}

/// <summary>Nobody waits for this node any more. Local.</summary>
public sealed class LeaveTaken : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly LeaveTaken Instance = new();

    private LeaveTaken()
    {
    }
}

/// <summary>Asks a NodeActor for its <see cref="NodeStatus"/>. Local.</summary>
public sealed class AskStatus : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly AskStatus Instance = new();

    private AskStatus()
    {
    }
}

/// <summary>Asks a NodeActor for the <see cref="Standings"/> of its node. Local.</summary>
public sealed class AskStandings : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly AskStandings Instance = new();

    private AskStandings()
    {
    }
}

/// <summary>The reservations that the connections of a node hold, in no order. Local.</summary>
/// <param name="All">All of them.</param>
public sealed record Standings(IReadOnlyList<Standing> All) : INoSerializationVerificationNeeded;

/// <summary>How a node is. Local.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Status">Its own membership status, as the cluster words it.</param>
/// <param name="IsLeaseHeld">Whether it may serve.</param>
/// <param name="Connections">How many connections it serves.</param>
/// <param name="Reservations">How many reservations they hold.</param>
/// <param name="Members">How many members it sees in the cluster, itself included.</param>
/// <param name="ShardsCalled">How many shards it has called the roll of, and no other node since.</param>
public sealed record NodeStatus(
    int Uid, string Status, bool IsLeaseHeld, int Connections, int Reservations, int Members, int ShardsCalled)
    : INoSerializationVerificationNeeded;
