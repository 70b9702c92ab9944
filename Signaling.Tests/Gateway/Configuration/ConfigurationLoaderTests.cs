using System.Net;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway.Certificates;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private const string Minimal = """{"httpConfig": {"port": 80}, "apps": [{"path": "/"}]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_nothing_configured_dev_mode_has_the_originals_default()
    {
        var configuration = Load(new StartArguments());

        Assert.Null(configuration.Path);
        Assert.Null(configuration.PublicFolder);
        Assert.True(configuration.File.LogVerbose);
        Assert.Equal(
            [(12776, null), (12777, "CN=localhost")],
            configuration.Endpoints.Select(endpoint => (endpoint.Config.Port, endpoint.Certificate?.Current.Leaf.Subject)));
        Assert.Equal(
            [("/", false), ("/chatapp", false), ("/callapp", false), ("/conferenceapp", true), ("/test", false), ("/testshared", true)],
            configuration.File.Apps.Select(app => (app.Path, app.AddressSharing)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_file_is_the_one_of_the_option_then_of_the_variable_then_of_the_working_directory()
    {
        var here = _folder.Write("config.json", Minimal);
        Assert.Equal(here, Load(new StartArguments()).Path);

        _environment["SIGNALING_CONFIG"] = "variable.json";
        var variable = _folder.Write("variable.json", Minimal);
        Assert.Equal(variable, Load(new StartArguments()).Path);

        var option = _folder.Write("option.json", Minimal);
        Assert.Equal(option, Load(new StartArguments { ConfigFile = "option.json" }).Path);
    }

    [Fact]
    public void A_named_file_that_is_not_there_is_told()
    {
        Assert.Equal(
            $"The configuration file {Path.Combine(_folder.Path, "nix.json")}, named by the command line, does not exist; correct the path.",
            Refusal(new StartArguments { ConfigFile = "nix.json" }));

        _environment["SIGNALING_CONFIG"] = "nix.json";
        Assert.Equal(
            $"The configuration file {Path.Combine(_folder.Path, "nix.json")}, named by the environment variable SIGNALING_CONFIG, " +
            "does not exist; correct the path.",
            Refusal(new StartArguments()));
    }

    [Fact]
    public void Paths_in_the_file_count_from_its_own_folder()
    {
        var certificates = new TestCertificates();
        _folder.Write("conf/tls/ssl.crt", certificates.ChainPem);
        _folder.Write("conf/tls/ssl.key", certificates.KeyPem);
        _folder.Write("conf/config.json", """
            {
              "httpsConfig": {"port": 443, "ssl_key_file": "tls/ssl.key", "ssl_cert_file": "tls/ssl.crt"},
              "apps": [{"path": "/"}],
              "signaling": {"node": {"hoconFolder": "akka"}}
            }
            """);

        var configuration = Load(new StartArguments { ConfigFile = "conf/config.json" });

        Assert.Equal(certificates.Leaf.Thumbprint, configuration.Endpoints.Single().Certificate!.Current.Leaf.Thumbprint);
        Assert.Equal(Path.Combine(_folder.Path, "conf", "akka"), configuration.Settings.Node.HoconFolder);
        Assert.Equal(Path.Combine(_folder.Path, "conf", "public"), configuration.PublicFolder);

        _environment["SIGNALING__NODE__HOCONFOLDER"] = "akka";
        Assert.Equal(
            Path.Combine(_folder.Path, "akka"),
            Load(new StartArguments { ConfigFile = "conf/config.json" }).Settings.Node.HoconFolder);
    }

    [Fact]
    public void A_certificate_that_ran_out_is_a_warning()
    {
        var certificates = new TestCertificates(notAfter: DateTimeOffset.UtcNow.AddDays(-1));
        _folder.Write("ssl.crt", certificates.ChainPem);
        _folder.Write("ssl.key", certificates.KeyPem);
        var path = _folder.Write(
            "config.json",
            """{"httpsConfig": {"port": 443, "ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt"}, "apps": [{"path": "/"}]}""");

        var certificate = Assert.Single(Load(new StartArguments()).Certificates);

        Assert.Equal(
            $"{path}: httpsConfig.ssl_cert_file: the certificate ran out on {certificates.Leaf.NotAfter:yyyy-MM-dd}; browsers " +
            "refuse it. Renew it: a new one is taken without a restart.",
            certificate.WarningAt(DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData("\"0.0.0.0\"", "0.0.0.0")]
    [InlineData("\"127.0.0.1\"", "127.0.0.1")]
    [InlineData("\"::1\"", "::1")]
    [InlineData("\"::\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public void A_host_is_an_address_or_all(string host, string? expected)
    {
        _folder.Write("config.json", $$"""{"httpConfig": {"port": 80, "host": {{host}}}, "apps": [{"path": "/"}]}""");

        Assert.Equal(expected, Load(new StartArguments()).Endpoints.Single().Address?.ToString());
    }

    [Fact]
    public void A_host_may_be_a_name()
    {
        _folder.Write("config.json", """{"httpConfig": {"port": 80, "host": "localhost"}, "apps": [{"path": "/"}]}""");

        Assert.True(IPAddress.IsLoopback(Load(new StartArguments()).Endpoints.Single().Address!));
    }

    [Fact]
    public void A_name_that_nobody_knows_is_told()
    {
        var path = _folder.Write("config.json", """{"httpConfig": {"port": 80, "host": "no such host"}, "apps": []}""");

        Assert.Equal(
            $"{path}: httpConfig.host is \"no such host\", which is no address and no known name; use an address or a name of this " +
            "machine, or leave it out to listen on all addresses.",
            Refusal(new StartArguments()));
    }

    [Fact]
    public void Seeds_without_the_static_profile_are_a_warning()
    {
        Load(new StartArguments { ClusterSeeds = "a:1" });

        Assert.Equal(
            ["--cluster-seeds: signaling.node.seeds has no effect with the profile dev, which runs one node on its own; choose " +
             "--profile static to join others."],
            _warnings);
    }

    [Fact]
    public void A_cluster_smaller_than_its_seeds_is_a_warning()
    {
        _environment["SIGNALING__NODE__CLUSTERSIZE"] = "2";
        Load(new StartArguments { Profile = "static", ClusterSeeds = "a:1,b:2,c:3" });

        Assert.Equal(
            ["the environment variable SIGNALING__NODE__CLUSTERSIZE: signaling.node.clusterSize is 2, less than the 3 seeds, so two " +
             "clusters may form beside each other; count every node."],
            _warnings);
    }

    [Fact]
    public void To_trust_everybody_as_a_proxy_is_a_warning()
    {
        _environment["SIGNALING__PROXIES__TRUSTED"] = "10.0.0.1, ::/0";
        var trusted = Load(new StartArguments()).Settings.Proxies.Nets;

        Assert.Equal(["10.0.0.1/32", "::/0"], trusted.Select(net => net.ToString()), StringComparer.Ordinal);
        Assert.Equal(
            ["the environment variable SIGNALING__PROXIES__TRUSTED: signaling.proxies.trusted has a net of all addresses, so every peer can " +
             "claim to come from anywhere; name your proxies alone."],
            _warnings);
    }

    [Fact]
    public void The_options_of_the_command_line_reach_the_node()
    {
        var node = Load(new StartArguments
        {
            Profile = "static",
            ClusterHost = "10.0.0.1",
            ClusterPort = "4053",
            ClusterSeeds = "10.0.0.1:4053,10.0.0.2:4053",
        }).Settings.Node;

        Assert.Equal(("static", "10.0.0.1", 4053), (node.Profile, node.Host, node.Port));
        Assert.Equal(["10.0.0.1:4053", "10.0.0.2:4053"], node.Seeds);
        Assert.Empty(_warnings);
    }

    private GatewayConfiguration Load(StartArguments arguments) =>
        new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System).Load(arguments, _warnings);

    private string Refusal(StartArguments arguments) => Assert.Throws<StartupException>(() => Load(arguments)).Message;
}
