using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Deploy.ClusterTls;

public sealed class ScriptTests : IDisposable
{
    private readonly ClusterCa _ca = new();

    public void Dispose() => _ca.Dispose();

    [Fact]
    public void A_CA_issues_certificates_of_nodes_and_nothing_else()
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_ca.Certificate);

        var constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(constraints is { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: 0, Critical: true });
        Assert.Equal(X509KeyUsageFlags.KeyCertSign, certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_node_starts_with_its_files_and_nobody_else_may_read_them()
    {
        var folder = _ca.Issue("node-1.example", "10.0.0.1", "fd00::1");

        foreach (var host in new[] { "node-1.example", "10.0.0.1", "fd00::1" })
            Assert.NotNull(NodeCertificate.Load(NodeOn(host, folder), TimeProvider.System));
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(folder, "tls.key")));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(_ca.Folder, "ca.key")));
    }

    [Fact]
    public void A_renewed_certificate_has_the_names_of_the_old_one_and_another_key()
    {
        var folder = _ca.Issue("node-1.example", "10.0.0.1", "fd00::1");
        var key = File.ReadAllText(Path.Combine(folder, "tls.key"));

        ClusterCa.Run("--days", "30", "renew", _ca.Folder, "node-1.example");

        foreach (var host in new[] { "node-1.example", "10.0.0.1", "fd00::1" })
            Assert.NotNull(NodeCertificate.Load(NodeOn(host, folder), TimeProvider.System));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "tls.crt"));
        Assert.InRange((certificate.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays, 29, 31);
        Assert.False(string.Equals(key, File.ReadAllText(Path.Combine(folder, "tls.key")), StringComparison.Ordinal));
        var kept = Directory.GetDirectories(Path.Combine(_ca.Folder, "nodes"), "node-1.example.until-*").Single();
        Assert.Equal(key, File.ReadAllText(Path.Combine(kept, "tls.key")));
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        var folder = _ca.Issue("node-1.example");
        var before = File.ReadAllText(Path.Combine(folder, "tls.key")) + File.ReadAllText(Path.Combine(_ca.Folder, "ca.key"));

        Assert.Equal(
            (1, $"cluster-tls: {_ca.Folder} is there already; a CA gets a folder of its own, so name another"),
            Refusal("make-ca", _ca.Folder));
        Assert.Equal(
            (1, $"cluster-tls: {folder} is there already; for a new certificate: cluster-tls renew {_ca.Folder} node-1.example"),
            Refusal("make-node", _ca.Folder, "node-1.example"));
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "tls.key")) + File.ReadAllText(Path.Combine(_ca.Folder, "ca.key")));
    }

    [Theory]
    [InlineData("a, DNS:evil")]
    [InlineData("../x")]
    [InlineData("-x")]
    [InlineData("*.example")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Equal((1, $"cluster-tls: '{name}' is no host name and no address"), Refusal("make-node", _ca.Folder, name));

    [Fact]
    public void Who_asks_wrongly_is_told_how()
    {
        var (code, error) = Refusal("make-node", _ca.Folder);

        Assert.Equal(2, code);
        Assert.Contains("cluster-tls make-node DIR NAME [NAME|ADDRESS...]", error, StringComparison.Ordinal);
    }

    private static NodeOptions NodeOn(string host, string folder) => new()
    {
        Profile = "static",
        Host = host,
        Tls = new NodeTlsOptions
        {
            CertFile = Path.Combine(folder, "tls.crt"),
            KeyFile = Path.Combine(folder, "tls.key"),
            CaFile = Path.Combine(folder, "ca.crt"),
        },
    };

    private static (int ExitCode, string Error) Refusal(params string[] arguments)
    {
        var (code, _, error) = ClusterCa.Try(arguments);
        return (code, error);
    }
}
