using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Draining;

/// <summary>How long each step of a drain may take; together: how long the host has to wait for it.</summary>
/// <param name="Notice">The node has said that it is not ready, and still takes sockets.</param>
/// <param name="Conversations">Conversations go on.</param>
/// <param name="CloseWindow">Sockets are closed one after the other.</param>
/// <param name="Closing">The last of them gets its answer.</param>
internal sealed record DrainTimes(TimeSpan Notice, TimeSpan Conversations, TimeSpan CloseWindow, TimeSpan Closing)
{
    /// <summary>What the other nodes have to be told is told: as long as a connection may wait for its last frames to arrive.</summary>
    public static readonly TimeSpan Telling = TimeSpan.FromSeconds(15);

    /// <summary>Kestrel waits for requests that are still being answered.</summary>
    public static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(5);

    /// <summary>The node hands its shards over and leaves: all phases of Akka's coordinated shutdown.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(55);

    private static readonly DrainTimes Default = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), Closing: default);
    private static readonly DrainTimes Alone = new(Notice: default, Conversations: default, CloseWindow: default, Closing: default);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    /// <summary>All steps of the drain.</summary>
    public TimeSpan Drain => Notice + Conversations + CloseWindow + Closing + Telling;

    /// <summary>The drain, and everything that comes after it.</summary>
    public TimeSpan Stop => Drain + LastRequests + Leaving;

    public static DrainTimes Of(SignalingOptions options) => Of(options.Drain, options.Sockets, options.Node.IsAlone);

    /// <summary>The longest that these settings allow for, whatever the profile.</summary>
    public static DrainTimes Longest(DrainOptions drain, SocketOptions sockets) => Of(drain, sockets, isAlone: false);

    private static DrainTimes Of(DrainOptions drain, SocketOptions sockets, bool isAlone)
    {
        var usual = isAlone ? Alone : Default;
        return new DrainTimes(
            drain.Notice ?? usual.Notice,
            drain.Time ?? usual.Conversations,
            drain.CloseWindow ?? usual.CloseWindow,
            sockets.CloseTimeout + Slack);
    }
}
