using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>Limits and times of the peers' sockets: <c>signaling.sockets</c>.</summary>
public sealed class SocketOptions
{
    /// <summary>Time between two WebSocket pings, and how long a pong may take. The original's 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one write to a peer may take before its connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a peer has to answer a close frame before its connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes that wait for one peer's socket; a peer that lets more pile up is closed.</summary>
    [Range(64 * 1024, int.MaxValue)]
    public int SendQueueBytes { get; set; } = 4 * 1024 * 1024;
}
