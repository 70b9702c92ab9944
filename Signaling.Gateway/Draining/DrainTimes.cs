using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Draining;

/// <summary>How long each step of a drain may take; together: how long the host has to wait for it.</summary>
/// <param name="Conversations">Conversations go on.</param>
/// <param name="CloseWindow">Sockets are closed one after the other.</param>
/// <param name="Closing">The last of them gets its answer.</param>
internal sealed record DrainTimes(TimeSpan Conversations, TimeSpan CloseWindow, TimeSpan Closing)
{
    /// <summary>What the other nodes have to be told is told: as long as a connection may wait for its last frames to arrive.</summary>
    public static readonly TimeSpan Telling = TimeSpan.FromSeconds(15);

    /// <summary>Kestrel waits for requests that are still being answered.</summary>
    public static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(5);

    /// <summary>The node hands its shards over and leaves: all phases of Akka's coordinated shutdown.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(55);

    private static readonly TimeSpan Default = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    /// <summary>All steps of the drain.</summary>
    public TimeSpan Drain => Conversations + CloseWindow + Closing + Telling;

    /// <summary>The drain, and everything that comes after it.</summary>
    public TimeSpan Stop => Drain + LastRequests + Leaving;

    public static DrainTimes Of(SignalingOptions options)
    {
        var usual = options.Node.IsAlone ? TimeSpan.Zero : Default;
        return new DrainTimes(options.Drain.Time ?? usual, options.Drain.CloseWindow ?? usual, options.Sockets.CloseTimeout + Slack);
    }
}
