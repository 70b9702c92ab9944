using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>The node's certificate, read once, when its actors are made.</summary>
internal sealed class NodeIdentity(IOptions<SignalingOptions> options, TimeProvider time)
{
    /// <summary>The certificate; null: the nodes of this cluster talk in the clear.</summary>
    public NodeCertificate? Certificate { get; } = NodeCertificate.Load(options.Value.Node, time);
}
