using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.ClusterTls;

/// <summary>The files of three nodes, each in a folder of its own, as they lie on three machines.</summary>
internal sealed class TlsFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What nodes on 127.0.0.1 are started with to use them.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["node.tls.certFile"] = Path.Combine(_folder.Path, "{node}", "tls.crt"),
        ["node.tls.keyFile"] = Path.Combine(_folder.Path, "{node}", "tls.key"),
        ["node.tls.caFile"] = Path.Combine(_folder.Path, "{node}", "ca.crt"),
        ["drain.notice"] = "00:00:00",
        ["drain.time"] = "00:00:00.2",
        ["drain.closeWindow"] = "00:00:00.5",
    };

    /// <summary>Gives a node a certificate of a CA.</summary>
    public void Certify(int node, ClusterCa ca)
    {
        var issued = ca.Issue($"node-{node}", "127.0.0.1");
        foreach (var name in new[] { "tls.crt", "tls.key" })
            _folder.Write($"{node}/{name}", File.ReadAllText(Path.Combine(issued, name)));
    }

    /// <summary>Has a node trust these CAs, and no others.</summary>
    public void Trust(int node, params ClusterCa[] cas) =>
        _folder.Write($"{node}/ca.crt", string.Concat(cas.Select(ca => File.ReadAllText(ca.Certificate))));

    public void Dispose() => _folder.Dispose();
}
