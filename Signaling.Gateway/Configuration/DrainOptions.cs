using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// How a node stops that is told to: <c>signaling.drain</c>. It says that it is not ready; then it takes no new sockets; those
/// that are open go on for a while; then they are closed one after the other; then the node leaves its cluster.
/// </summary>
public sealed class DrainOptions
{
    /// <summary>
    /// How long the node, which says from the first moment on that it is not ready, still takes new sockets, so that load
    /// balancers learn of it before they are refused any. It is waited out in full, even with no socket open: one may be on its
    /// way. Null: 5 s; with the profile <c>dev</c>, behind no load balancer, nothing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? Notice { get; set; }

    /// <summary>
    /// How long conversations go on, unless all sockets are gone before. Null: 10 s, in which a call that is being set up gets
    /// done; with the profile <c>dev</c>, where nobody takes over, nothing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? Time { get; set; }

    /// <summary>
    /// Over how long the sockets that are left are closed, each at a moment of its own, so that their peers don't come to the
    /// other nodes all at once. Null: 10 s; with the profile <c>dev</c> all are closed at once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? CloseWindow { get; set; }
}
