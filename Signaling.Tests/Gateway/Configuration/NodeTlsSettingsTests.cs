using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway.Certificates;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class NodeTlsSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _ca = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Paths_in_the_file_count_from_its_own_folder_and_others_from_the_callers()
    {
        WriteFiles("conf/tls", _ca.Issue(["10.0.0.1"]));
        WriteFiles("here", _ca.Issue(["10.0.0.1"]));
        Configure(""" "certFile": "tls/tls.crt", "keyFile": "tls/tls.key", "caFile": "tls/ca.crt" """);

        var tls = Load().Settings.Node.Tls;
        Assert.Equal(Path.Combine(_folder.Path, "conf", "tls", "tls.crt"), tls.CertFile);
        Assert.Equal(Path.Combine(_folder.Path, "conf", "tls", "tls.key"), tls.KeyFile);
        Assert.Equal(Path.Combine(_folder.Path, "conf", "tls", "ca.crt"), tls.CaFile);

        _environment["SIGNALING__NODE__TLS__CAFILE"] = "here/ca.crt";
        Assert.Equal(Path.Combine(_folder.Path, "here", "ca.crt"), Load().Settings.Node.Tls.CaFile);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_file_that_is_not_named_is_missing_where_the_others_are_named()
    {
        WriteFiles("conf", _ca.Issue(["10.0.0.1"]));
        var path = Configure(""" "certFile": "tls.crt", "caFile": "ca.crt" """);

        Assert.Equal(
            $"{path}: signaling.node.tls.keyFile is missing; TLS between nodes takes certFile, keyFile and caFile, so name all three, or " +
            "none to do without.",
            Refusal());
    }

    [Fact]
    public void A_certificate_that_no_node_would_take_is_told_with_its_file_and_key()
    {
        WriteFiles("conf", new TestAuthority("Other").Issue(["10.0.0.1"]));
        var path = Configure(""" "certFile": "tls.crt", "keyFile": "tls.key", "caFile": "ca.crt" """);

        Assert.StartsWith($"{path}: signaling.node.tls.certFile is {Path.Combine(_folder.Path, "conf", "tls.crt")}, which holds", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_runs_out_soon_is_known_with_its_file_and_key()
    {
        var end = DateTimeOffset.UtcNow.AddDays(9.5);
        WriteFiles("conf", _ca.Issue(["10.0.0.1"], notAfter: end));
        var path = Configure(""" "certFile": "tls.crt", "keyFile": "tls.key", "caFile": "ca.crt" """);

        Assert.Equal(
            $"{path}: signaling.node.tls.certFile: the certificate runs out on {end:yyyy-MM-dd}, in 9 days; renew it, and start the node again.",
            Assert.Single(Load().Certificates.Select(one => one.WarningAt(DateTimeOffset.UtcNow)).OfType<string>()));
    }

    [Fact]
    public void Without_names_a_cluster_of_more_nodes_than_seeds_is_a_warning()
    {
        WriteFiles("conf", _ca.Issue(["10.0.0.1"]));
        var path = Configure(""" "certFile": "tls.crt", "keyFile": "tls.key", "caFile": "ca.crt" """, """ "clusterSize": 5, """);

        Load();
        Assert.Equal(
            $"{path}: signaling.node.tls.names is not set, so only the 1 seeds and this node are let in, and the cluster is to have 5 nodes; " +
            "name them all, or as *.suffix.",
            Assert.Single(_warnings));

        _warnings.Clear();
        _environment["SIGNALING__NODE__TLS__NAMES"] = "10.0.0.1,*.nodes.example";
        Assert.Equal("10.0.0.1 *.nodes.example", string.Join(' ', Load().Settings.Node.TlsNames));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("*.")]
    [InlineData("*.10.0.0.1")]
    [InlineData("a.*.example")]
    [InlineData("*")]
    public void A_name_that_is_none_is_told(string name)
    {
        _environment["SIGNALING__NODE__TLS__NAMES"] = name;
        Configure("");

        Assert.Contains(
            $"signaling.node.tls.names[0] is \"{name}\"; allowed is a host name, an address, or *. and the rest of a name, such as *.nodes.example.",
            Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_alone_has_no_use_for_them()
    {
        _environment["SIGNALING__NODE__PROFILE"] = "dev";
        _environment["SIGNALING__NODE__TLS__CAFILE"] = "nix.crt";
        Configure("");

        Load();
        Assert.Contains(_warnings, warning => warning.EndsWith("signaling.node.tls has no effect with the profile dev, which runs one node on its own.", StringComparison.Ordinal));
    }

    private void WriteFiles(string folder, X509Certificate2 certificate)
    {
        _folder.Write($"{folder}/tls.crt", certificate.ExportCertificatePem());
        _folder.Write($"{folder}/tls.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _folder.Write($"{folder}/ca.crt", _ca.Certificate.ExportCertificatePem());
    }

    private string Configure(string tls, string more = "") => _folder.Write("conf/config.json", $$"""
        {
          "httpConfig": {"port": 80},
          "apps": [{"path": "/"}],
          "signaling": {"node": {"profile": "static", "host": "10.0.0.1", "seeds": ["10.0.0.1:4053"], {{more}} "tls": { {{tls}} } } }
        }
        """);

    private GatewayConfiguration Load() =>
        new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System).Load(new StartArguments { ConfigFile = "conf/config.json" }, _warnings);

    private string Refusal() => Assert.Throws<StartupException>(Load).Message;
}
