using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Signaling.Tests.Gateway.Certificates;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

public sealed class ProgramTests : IDisposable
{
    private const string Apps = "\"apps\": [{\"name\": \"CallApp\", \"path\": \"/callapp\"}]";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_of_the_callers_folder_is_served_from()
    {
        _folder.Write("config.json", $$"""{"httpConfig": {"host": "127.0.0.1"}, {{Apps}}}""");
        _folder.Write("public/.well-known/acme-challenge/x", "token");
        await using var gateway = GatewayProcess.Start(_folder.Path, []);

        var line = await gateway.WaitForLineAsync("listening on ");

        Assert.Matches(@"^\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\) listening on http://127\.0\.0\.1:\d+$", line);
        using var client = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]) };
        Assert.Contains("running", await client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal("token", await client.GetStringAsync("/.well-known/acme-challenge/x"));
    }

    [Fact]
    public async Task Dev_mode_prints_the_urls_of_the_clients_and_of_the_demo_page()
    {
        var port = FreePort();
        await using var gateway = GatewayProcess.Start(_folder.Path, [], ("PORT", $"{port}"));

        await gateway.WaitForLineAsync($"CallApp: ws://localhost:{port}/callapp");
        await gateway.WaitForLineAsync($"demo page: http://localhost:{port}/demo/");
    }

    [Fact]
    public async Task The_log_may_be_json()
    {
        _folder.Write("config.json", $$"""{"httpConfig": {"host": "127.0.0.1"}, {{Apps}}}""");
        await using var gateway = GatewayProcess.Start(_folder.Path, [], ("SIGNALING__LOG__FORMAT", "json"));

        var entry = JsonDocument.Parse(await gateway.WaitForLineAsync("listening on ")).RootElement;

        Assert.Equal(1007, entry.GetProperty("EventId").GetInt32());
        Assert.EndsWith("Z", entry.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var path = _folder.Write("config.json", $$"""{"httpConfig": {"port": {{port}}, "host": "127.0.0.1"}, {{Apps}}}""");

        await AssertFails(
            1,
            $"error: {path}: httpConfig.port is {port}, a port that is in use; stop the program that has it, or choose another.");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_sentence()
    {
        var path = _folder.Write("config.json", $$"""{"httpConfig": {"port": 0, "host": "192.0.2.1"}, {{Apps}}}""");

        await AssertFails(
            1,
            $"error: {path}: httpConfig.host is \"192.0.2.1\", which is no address of this machine; use one of its own, or leave " +
            "it out to listen on all.");
    }

    [Fact]
    public async Task A_missing_certificate_is_one_sentence()
    {
        var path = _folder.Write("config.json", $$"""{"httpsConfig": {"ssl_key_file": "k", "ssl_cert_file": "c"}, {{Apps}}}""");

        await AssertFails(
            1,
            $"error: {path}: httpsConfig.ssl_cert_file is {Path.Combine(_folder.Path, "c")}, which does not exist; correct the path " +
            "or put the file there.");
    }

    [Fact]
    public async Task A_file_that_is_not_json_is_one_sentence()
    {
        var path = _folder.Write("config.json", "{\n  \"apps\": [}\n");

        await AssertFails(1, $"error: {path}, line 2, column 12: this is not JSON: '}}' is an invalid start of a value.");
    }

    [Fact]
    public async Task An_unknown_option_is_misuse() =>
        await AssertFails(2, "error: Unrecognized command or argument '--nope'. See --help.", "--nope");

    [Fact]
    public async Task Check_config_says_what_is_odd_and_that_the_rest_is_valid()
    {
        var certificates = new TestCertificates();
        _folder.Write("ssl.crt", certificates.ChainPem);
        _folder.Write("ssl.key", certificates.KeyPem);
        var path = _folder.Write(
            "other.json",
            $$"""{"httpsConfig": {"ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt"}, "logverbose": 1, {{Apps}}}""");
        await using var gateway = GatewayProcess.Start(_folder.Path, ["check-config", "other.json"]);

        var (exitCode, output, error) = await gateway.WaitForExitAsync();

        Assert.Equal(
            $"warning: {path}: logverbose is not a key of this program and is ignored.\n" +
            $"warning: {path}: httpsConfig.ssl_cert_file: the certificate runs out on {certificates.Leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}, in 9 days; " +
            "renew it: a new one is taken without a restart.\nother.json is valid.",
            output);
        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Check_config_says_what_is_wrong()
    {
        var path = _folder.Write("other.json", $$"""{"httpConfig": {}, {{Apps}}, "signaling": {"log": {"format": "xml"} } }""");

        await AssertFails(
            1, $"error: {path}: signaling.log.format is \"xml\"; allowed is text or json.", "check-config", "other.json");
    }

    private async Task AssertFails(int exitCode, string message, params string[] args)
    {
        await using var gateway = GatewayProcess.Start(_folder.Path, args);

        Assert.Equal((exitCode, "", message), await gateway.WaitForExitAsync());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
