namespace Signaling.Gateway.Configuration;

/// <summary>
/// What the service is told by its host: by <c>config.json</c> through this project's own <c>Program</c>, or by the
/// code of an application that embeds it with <see cref="SignalingExtensions.AddSignaling"/>.
/// </summary>
public sealed class SignalingOptions
{
    /// <summary>The apps that are served. A socket that asks for any other path is closed with 1008.</summary>
    public IList<AppOptions> Apps { get; } = [];

    /// <summary>
    /// Largest message of a peer in bytes, its header and all its fragments included; a larger one closes the
    /// socket with 1009. 0 means no limit.
    /// </summary>
    public long MaxPayload { get; set; } = 1024 * 1024;

    /// <summary>
    /// Where set, a socket needs a registered user token, or one that is signed (<see cref="TokenOptions.Signed"/>), and this is what
    /// registering one takes. Null or empty: no token can be registered, and every socket is welcome unless signed ones are asked for.
    /// <see cref="TokenOptions.AdminTokenFile"/> takes it from a file.
    /// </summary>
    public string? AdminToken { get; set; }

    /// <summary>Whether each message of each peer is logged: its event, its id and its address, never its data.</summary>
    public bool LogVerbose { get; set; }

    /// <summary>
    /// Whether what is not said otherwise is closed rather than open: limits have their strict defaults, and web pages of other hosts
    /// are not let in. Off by default, where all is taken that the original takes.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>What peers may use at most.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>
    /// The origins of the web pages that may use the service, such as <c>https://example.com</c>, <c>https://*.example.com</c> or
    /// <c>*</c>. Empty: all of them, or with <see cref="Strict"/> those of the same host. Requests without an origin are let in.
    /// </summary>
    public IList<string> Origins { get; set; } = [];

    /// <summary>
    /// Whether the address that a request comes from is its peer's: nothing else is in between, or the application has put the
    /// peer's in its place. Only then are there limits for each address: behind an unknown proxy all peers would have one.
    /// </summary>
    public bool AddressesAreKnown { get; set; }

    /// <summary>Limits and times of the peers' sockets.</summary>
    public SocketOptions Sockets { get; set; } = new();

    /// <summary>The STUN and TURN servers that peers are told of.</summary>
    public IceOptions Ice { get; set; } = new();

    /// <summary>Limits of the user tokens.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>What is kept of peers that were there, for who runs the service.</summary>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>How this process takes part in a cluster.</summary>
    public NodeOptions Node { get; set; } = new();

    /// <summary>How the node stops.</summary>
    public DrainOptions Drain { get; set; } = new();
}
