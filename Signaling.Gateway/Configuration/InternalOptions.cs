using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// The listener for who runs the service, apart from that of the peers: <c>signaling.internal</c>. Health and the state of
/// the node are told there.
/// </summary>
public sealed class InternalOptions
{
    /// <summary>Where it listens: an address or a name of this machine. This machine only, unless told otherwise.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port; null: there is no such listener. 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int? Port { get; set; }
}
