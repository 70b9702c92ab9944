using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

public sealed class NodeCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ca = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_node_without_files_talks_in_the_clear() =>
        Assert.Null(NodeCertificate.Load(new NodeOptions { Profile = "static" }, TimeProvider.System));

    [Fact]
    public void A_node_with_files_knows_when_its_certificate_and_its_CA_run_out()
    {
        var end = DateTimeOffset.UtcNow.AddDays(20);
        var loaded = NodeCertificate.Load(Node(_ca.Issue(["10.0.0.1"], notAfter: end)), TimeProvider.System)!;

        Assert.Equal(
            [("signaling.node.tls.certFile", end.UtcDateTime.Date), ("signaling.node.tls.caFile", _ca.Certificate.NotAfter.ToUniversalTime().Date)],
            loaded.InUse.Select(one => (one.Origin, one.NotAfter.UtcDateTime.Date)));
    }

    [Theory]
    [InlineData("certFile")]
    [InlineData("keyFile")]
    [InlineData("caFile")]
    public void One_file_alone_is_no_use_and_what_is_missing_is_told(string missing)
    {
        var node = Node(_ca.Issue(["10.0.0.1"]));
        node.Tls.CertFile = Unless("certFile", node.Tls.CertFile);
        node.Tls.KeyFile = Unless("keyFile", node.Tls.KeyFile);
        node.Tls.CaFile = Unless("caFile", node.Tls.CaFile);

        Assert.Equal(
            $"signaling.node.tls.{missing} is missing; TLS between nodes takes certFile, keyFile and caFile, so name all three, or none to do without.",
            Refusal(node));

        string? Unless(string name, string? path) => string.Equals(name, missing, StringComparison.Ordinal) ? null : path;
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var node = Node(_ca.Issue(["10.0.0.1"]));
        node.Tls.CaFile = Path.Combine(_folder.Path, "nix.crt");

        Assert.Equal($"signaling.node.tls.caFile is {node.Tls.CaFile}, which does not exist; correct the path or put the file there.", Refusal(node));
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        var node = Node(_ca.Issue(["10.0.0.1"]));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        node.Tls.KeyFile = _folder.Write("tls.key", other.ExportPkcs8PrivateKeyPem());

        Assert.StartsWith(
            $"signaling.node.tls.keyFile is {node.Tls.KeyFile}, which holds no key that belongs to the first certificate in {node.Tls.CertFile};",
            Refusal(node), StringComparison.Ordinal);
    }

    [Fact]
    public void A_CA_file_without_a_root_is_told()
    {
        var node = Node(_ca.Issue(["10.0.0.1"]));
        node.Tls.CaFile = node.Tls.CertFile;

        Assert.Equal(
            $"signaling.node.tls.caFile is {node.Tls.CaFile}, which holds no root, that is no certificate that is signed with itself; put " +
            "the CA's own certificate there.",
            Refusal(node));
    }

    [Fact]
    public void A_certificate_of_another_CA_is_told() => AssertRefused(
        "is signed by \"CN=Test CA\", which leads to no CA of signaling.node.tls.caFile",
        "have one issued by the cluster's CA, or add its CA there on every node",
        new TestAuthority().Issue(["10.0.0.1"]));

    [Fact]
    public void A_certificate_for_another_host_is_told() => AssertRefused(
        "is for node.example, 10.0.0.2, and not for 10.0.0.1, the name it is reached under",
        "have one issued that names it among its subject alternative names",
        _ca.Issue(["10.0.0.2", "node.example"]));

    [Fact]
    public void A_certificate_that_ran_out_is_told() => AssertRefused(
        $"ran out on {DateTimeOffset.UtcNow.AddDays(-2):yyyy-MM-dd}",
        "renew it, and start its node again",
        _ca.Issue(["10.0.0.1"], notAfter: DateTimeOffset.UtcNow.AddDays(-2)));

    [Fact]
    public void A_certificate_for_servers_only_is_told() => AssertRefused(
        "lacks the extended key usage clientAuth",
        "have one issued for both serverAuth and clientAuth, as a node is both",
        _ca.Issue(["10.0.0.1"], TestAuthority.ServerOnly));

    [Fact]
    public void A_certificate_whose_names_are_not_allowed_is_told()
    {
        var node = Node(_ca.Issue(["10.0.0.1"]));
        node.Tls.Names.Add("*.nodes.example");

        Assert.Contains("is for 10.0.0.1, and for none of signaling.node.tls.names (*.nodes.example)", Refusal(node), StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_are_those_of_the_seeds_and_of_the_node_where_none_are_set()
    {
        var node = new NodeOptions { Profile = "static", Host = "node-9.example" };
        foreach (var seed in new[] { "node-1.example:4053", "[fd00::1]:4053", "Node-9.example:4053" })
            node.Seeds.Add(seed);

        Assert.Equal(["node-1.example", "fd00::1", "Node-9.example"], node.TlsNames);
    }

    private static string Refusal(NodeOptions node) =>
        Assert.Throws<StartupException>(() => NodeCertificate.Load(node, TimeProvider.System)).Message;

    private void AssertRefused(string what, string remedy, X509Certificate2 certificate)
    {
        var node = Node(certificate);
        Assert.Equal(
            $"signaling.node.tls.certFile is {node.Tls.CertFile}, which holds a certificate that {what}, so that no other node would let " +
            $"this one in; {remedy}.",
            Refusal(node));
    }

    private NodeOptions Node(X509Certificate2 certificate) => new()
    {
        Profile = "static",
        Host = "10.0.0.1",
        Tls = new NodeTlsOptions
        {
            CertFile = _folder.Write("tls.crt", certificate.ExportCertificatePem()),
            KeyFile = _folder.Write("tls.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
            CaFile = _folder.Write("ca.crt", _ca.Certificate.ExportCertificatePem()),
        },
    };
}
