using Akka.Actor;
using Signaling.Actors.Connections;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Logging;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary>Has each node do something.</summary>
internal sealed class ActTopic(IServiceProvider services) : DeskTopic<Act, ActDone>("act")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override async Task<ActDone> AnswerAsync(Act act)
    {
        var system = services.GetRequiredService<ActorSystem>();
        switch (act.Kind)
        {
            case ActKind.Disconnect:
                return new ActDone(SignalingActors.TryTellPeer(system, new ConnectionUid(act.Peer!.Node, act.Peer.Number), Dismiss.Instance) ? 1 : 0);
            case ActKind.CloseAddress:
                return new ActDone(await CloseAsync(system, act.Key!));
            case ActKind.Drain:
                _ = services.GetRequiredService<INodeDrain>().DrainAsync();
                return new ActDone(1);
            case ActKind.HoldBack:
                services.GetRequiredService<HoldBack>().IsOn = act.IsOn;
                return new ActDone(1);
            case ActKind.LogLevel:
                services.GetRequiredService<LogLevels>().Set(act.Category!, act.Level);
                return new ActDone(1);
            default:
                throw new NotSupportedException($"This version does not know the act '{act.Kind}'.");
        }
    }

    private static async Task<int> CloseAsync(ActorSystem system, string key)
    {
        using var patience = new CancellationTokenSource(Patience);
        var standings = await SignalingActors.StandingsOfAsync(system, patience.Token);
        return standings.Count(standing => string.Equals(standing.Key, key, StringComparison.Ordinal)
            && SignalingActors.TryTellPeer(system, standing.Name.Connection, new CloseAddress(key)));
    }
}

/// <summary>What a node can be told to do.</summary>
internal enum ActKind
{
    /// <summary>Close a peer's socket.</summary>
    Disconnect,

    /// <summary>Have all holders of an address give it back, and close its links.</summary>
    CloseAddress,

    /// <summary>Drain.</summary>
    Drain,

    /// <summary>Say that it is not ready, or no longer say so.</summary>
    HoldBack,

    /// <summary>Log more, or less.</summary>
    LogLevel,
}

/// <summary>What a node is told to do.</summary>
/// <param name="Kind">What.</param>
/// <param name="Peer">The peer that it is about.</param>
/// <param name="Key">The address that it is about.</param>
/// <param name="IsOn">Whether to begin or to end it.</param>
/// <param name="Category">The category of the log.</param>
/// <param name="Level">Its level; null: as it was at the start.</param>
internal sealed record Act(
    ActKind Kind, PeerName? Peer = null, string? Key = null, bool IsOn = false, string? Category = null, LogLevel? Level = null);

/// <summary>What has come of it.</summary>
/// <param name="Count">How many peers, or nodes, it was done to.</param>
internal sealed record ActDone(int Count);
