using System.Globalization;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.ClusterTls;

/// <summary>A whole node by itself that wants into a cluster.</summary>
internal sealed class LoneNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayProcess _process;

    /// <param name="host">Its address.</param>
    /// <param name="port">Its port for other nodes.</param>
    /// <param name="seeds">The nodes that it dials.</param>
    /// <param name="tls">The folder of its certificate, and whom it trusts; null: it speaks in the clear.</param>
    /// <param name="settings">Further settings, as variables.</param>
    public LoneNode(
        string host, int port, string[] seeds, (string Folder, string TrustedPem)? tls, params (string Name, string Value)[] settings)
    {
        _folder.Write("config.json", $$"""
            {"httpConfig": {"port": 0, "host": "{{host}}"}, "apps": [{"path": "/callapp"}]}
            """);
        (string, string)[] files = tls is { } own
            ?
            [
                ("SIGNALING__NODE__TLS__CERTFILE", Path.Combine(own.Folder, "tls.crt")),
                ("SIGNALING__NODE__TLS__KEYFILE", Path.Combine(own.Folder, "tls.key")),
                ("SIGNALING__NODE__TLS__CAFILE", _folder.Write("trusted.crt", own.TrustedPem)),
            ]
            : [];
        _process = GatewayProcess.Start(
            _folder.Path,
            ["--profile", "static", "--cluster-host", host, "--cluster-port", port.ToString(CultureInfo.InvariantCulture), "--cluster-seeds", string.Join(',', seeds)],
            [.. files, .. settings]);
    }

    /// <summary>A node of no cluster that dials one of this.</summary>
    public static LoneNode Stranger(string host, ClusterNode dialled, (string Folder, string TrustedPem)? tls) => new(
        host, Ports.Take(), [$"{dialled.Plan.Host}:{dialled.Plan.ClusterPort}"], tls,
        ("SIGNALING__NODE__JOINTIMEOUT", "00:00:10"), ("SIGNALING__NODE__CLUSTERSIZE", "3"));

    public Task<string> WaitForLineAsync(string text) => _process.WaitForLineAsync(text);

    public Task<(int ExitCode, string Output, string Error)> EndAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
