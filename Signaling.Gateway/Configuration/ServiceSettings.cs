namespace Signaling.Gateway.Configuration;

/// <summary>What stands under the key <c>signaling</c>: everything the original server did not have.</summary>
internal sealed class ServiceSettings
{
    /// <summary>See <see cref="SignalingOptions.Strict"/>.</summary>
    public bool Strict { get; set; }

    public LimitOptions Limits { get; } = new();

    /// <summary>See <see cref="SignalingOptions.Origins"/>.</summary>
    [Origin]
    public IList<string> Origins { get; init; } = [];

    /// <summary>By the app's name.</summary>
    public Dictionary<string, AppSettings> Apps { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SocketOptions Sockets { get; } = new();

    public TokenOptions Tokens { get; } = new();

    public NodeOptions Node { get; } = new();

    public IceOptions Ice { get; } = new();

    public SessionOptions Sessions { get; } = new();

    public DrainOptions Drain { get; } = new();

    public ProxyOptions Proxies { get; } = new();

    public InternalOptions Internal { get; } = new();

    public LogOptions Log { get; } = new();
}
