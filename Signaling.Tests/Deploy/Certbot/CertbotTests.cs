using System.Runtime.Versioning;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Certbot;

/// <summary>Certificates by a real certbot from a real CA, for a service that can read no more than the hook lets it.</summary>
public sealed class CertbotTests(AcmeServer server) : IClassFixture<AcmeServer>, IDisposable
{
    private readonly CertbotFolder _folder = new(server);
    private readonly int _httpsPort = Faults.Ports.Take();

    private Uri Ws => new($"ws://127.0.0.1:{server.HttpPort}/callapp");

    private Uri Wss => new($"wss://127.0.0.1:{_httpsPort}/callapp");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_first_issue_and_the_renewal_by_the_public_folder_leave_connected_peers_alone()
    {
        var placeholder = new TestCertificates();
        var config = WriteConfig(_folder.Write("ssl.crt", placeholder.ChainPem), _folder.Write("ssl.key", placeholder.KeyPem));
        await using var service = _folder.StartService(["--config", config], ("SIGNALING__STRICT", "true"), ("SIGNALING__PROXIES__DIRECT", "true"));
        await service.WaitForLineAsync("listening on https");
        await using var plain = await Call.OpenAsync(Ws, Ws, "plain");
        await using var secure = await Call.OpenAsync(Wss, Wss, "secure", placeholder.Root);

        _folder.Certbot(["certonly", "--webroot", "-w", _folder.Public, "-d", AcmeServer.Name, .. CertbotFolder.WithHook]);
        _folder.Link("ssl.key", _folder.Live(AcmeServer.Name, "privkey.pem"));
        _folder.Link("ssl.crt", _folder.Live(AcmeServer.Name, "fullchain.pem"));

        await service.WaitForLineAsync("ssl.crt, which has changed: new connections get its certificate");
        var first = await TlsClient.SeeAsync(_httpsPort, server.Root, AcmeServer.Name);
        await using var after = await Call.OpenAsync(Wss, Ws, "after", server.Root);
        await TalkAsync();

        _folder.Certbot("renew", "--force-renewal", "--no-random-sleep-on-renew");

        await service.WaitForLineAsync("ssl.crt, which has changed: new connections get its certificate");
        Assert.NotEqual(first, await TlsClient.SeeAsync(_httpsPort, server.Root, AcmeServer.Name), StringComparer.Ordinal);
        await TalkAsync();
        Assert.EndsWith("privkey2.pem", File.ResolveLinkTarget(_folder.Live(AcmeServer.Name, "privkey.pem"), returnFinalTarget: true)!.FullName, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder.Live(AcmeServer.Name, "privkey.pem")));

        async Task TalkAsync()
        {
            foreach (var call in (Call[])[plain, secure, after])
                await call.TalkAsync();
        }
    }

    [Fact]
    public async Task A_certbot_that_listens_by_itself_gets_what_the_service_can_use()
    {
        _folder.Certbot(
            ["certonly", "--standalone", "--http-01-address", "127.0.0.2", "--http-01-port", $"{server.HttpPort}", "-d", AcmeServer.OtherName, .. CertbotFolder.WithHook]);

        var config = WriteConfig(_folder.Live(AcmeServer.OtherName, "fullchain.pem"), _folder.Live(AcmeServer.OtherName, "privkey.pem"));
        await using var check = _folder.StartService(["check-config", config]);

        Assert.Equal((0, $"{config} is valid.", ""), await check.WaitForExitAsync());
    }

    private string WriteConfig(string certificate, string key) => _folder.Write("config.json", $$"""
        {
          "httpConfig": {"port": {{server.HttpPort}}, "host": "127.0.0.1"},
          "httpsConfig": {"port": {{_httpsPort}}, "host": "127.0.0.1", "ssl_cert_file": "{{certificate}}", "ssl_key_file": "{{key}}"},
          "log_verbose": false,
          "apps": [{"name": "CallApp", "path": "/callapp"}],
          "signaling": {"tokens": {"rereadInterval": "00:00:01"} }
        }
        """);
}
