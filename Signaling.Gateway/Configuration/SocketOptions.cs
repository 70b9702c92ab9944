using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>Limits and times of the peers' sockets: <c>signaling.sockets</c>.</summary>
public sealed class SocketOptions
{
    /// <summary>Time between two WebSocket pings while a peer says nothing. The original's 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a pong may take before its peer counts as dead and is dropped. It lies behind what else the peer has sent: a
    /// socket that is held up, by requests that wait for their answers or by links whose other ends don't read, for five
    /// sixths of this time is closed with 1013. Less than 25 s is less than one request and one link may take.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:25", "01:00:00")]
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one write to a peer may take before its connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer has to answer a close frame before its connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether, on Linux, peers' connections are served by the service's own transport, which costs less than Kestrel's. Elsewhere
    /// they never are. Those of nodes without TLS are served by it on Linux either way.
    /// </summary>
    public bool Epoll { get; set; } = true;

    /// <summary>Most bytes that wait for one peer's socket; a peer that lets more pile up is closed.</summary>
    [Range(64 * 1024, int.MaxValue)]
    public int SendQueueBytes { get; set; } = 4 * 1024 * 1024;
}
