namespace Signaling.Gateway.Configuration;

/// <summary>
/// Mutual TLS between the nodes of a cluster: <c>signaling.node.tls</c>. The three files are named together or not at all;
/// without them the nodes talk in the clear, and whoever reaches their port is one of them.
/// </summary>
public sealed class NodeTlsOptions
{
    /// <summary>PEM file with this node's certificate, followed by those between it and its CA.</summary>
    public string? CertFile { get; set; }

    /// <summary>PEM file with the certificate's private key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// PEM file with the certificates of the CAs whose nodes are let in; more than one while a CA is replaced. They must
    /// issue nothing but certificates of this cluster's nodes.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// What a node's certificate may be for: host names, addresses, or <c>*.suffix</c> for all names with one label before
    /// the suffix. Empty: the hosts of the seeds and this node's own.
    /// </summary>
    [NodeName]
    public IList<string> Names { get; init; } = [];

    /// <summary>Whether any of the files is named.</summary>
    internal bool IsAsked => CertFile is not null || KeyFile is not null || CaFile is not null;
}
