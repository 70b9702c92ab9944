using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// What peers may use at most: <c>signaling.limits</c>. Of each limit null is the default of the mode, which is none unless
/// <see cref="SignalingOptions.Strict"/> is set, and 0 is none.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Most sockets that this node has open at once; another one is refused with 503. Strict: 15000.</summary>
    [Range(0, 1_000_000)]
    public int? Sockets { get; set; }

    /// <summary>
    /// Most sockets that one client address, of IPv6 one net of 64 bits, has open at this node; another one is refused with 429. Of
    /// connections that are no sockets yet it has as many more. Strict: 100.
    /// </summary>
    [Range(0, 1_000_000)]
    public int? SocketsPerAddress { get; set; }

    /// <summary>Most sockets that one user token has open at this node; another one is refused with 429. Strict: none.</summary>
    [Range(0, 1_000_000)]
    public int? SocketsPerToken { get; set; }

    /// <summary>
    /// Handshakes a second that one client address makes in the long run; what exceeds is refused with 429, and four times as many
    /// are dropped as soon as they connect. Strict: 20.
    /// </summary>
    [Range(0, 100_000)]
    public int? HandshakesPerSecond { get; set; }

    /// <summary>Handshakes that one client address makes at once after a while without. Null: five times those of a second.</summary>
    [Range(1, 1_000_000)]
    public int? HandshakeBurst { get; set; }

    /// <summary>
    /// How long each step of a connection up to its first request may take: TLS, saying anything at all, and the request's head.
    /// Strict: 10 s. 0, and the default otherwise: the times of Kestrel, 10, 130 and 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan? HandshakeTime { get; set; }

    /// <summary>How long a socket may take to send its first message before it is closed with 1008. Strict: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan? FirstMessageTime { get; set; }

    /// <summary>
    /// Messages a second, whatever they are, that are read of one peer in the long run; with more it is slowed down. Strict: 1000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int? MessagesPerSecond { get; set; }

    /// <summary>Messages that one peer sends at once after a while without. Null: twice those of a second.</summary>
    [Range(1, 10_000_000)]
    public int? MessageBurst { get; set; }

    /// <summary>Bytes a second that are read of one peer in the long run; with more it is slowed down. Strict: 4 MiB.</summary>
    [Range(0, int.MaxValue)]
    public int? BytesPerSecond { get; set; }

    /// <summary>Bytes that one peer sends at once after a while without. Null: twice those of a second.</summary>
    [Range(1, int.MaxValue)]
    public int? ByteBurst { get; set; }

    /// <summary>Most links that one peer has open at once. Strict: 1000.</summary>
    [Range(0, 65_536)]
    public int? LinksPerPeer { get; set; }

    /// <summary>Most peers that hold one address at once, in an app that shares addresses. Strict: 1000.</summary>
    [Range(0, 1_000_000)]
    public int? ListenersPerAddress { get; set; }
}
