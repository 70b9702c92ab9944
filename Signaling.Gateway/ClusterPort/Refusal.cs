namespace Signaling.Gateway.ClusterPort;

/// <summary>What somebody is refused for at the port between nodes, as the figures call it.</summary>
internal enum Refusal
{
    /// <summary>Too many are at the door at once.</summary>
    Crowd,

    /// <summary>It left without a word.</summary>
    Silent,

    /// <summary>It did not say in time what it has to.</summary>
    Slow,

    /// <summary>It does not speak TLS, or the handshake has failed.</summary>
    Tls,

    /// <summary>Its certificate is not good.</summary>
    Certificate,

    /// <summary>It has said what no node says.</summary>
    Garbage,

    /// <summary>It is of another cluster.</summary>
    Name,

    /// <summary>Its version of the contract is too far from one in the cluster.</summary>
    Version,

    /// <summary>A setting that all nodes must agree on differs.</summary>
    Settings,
}
