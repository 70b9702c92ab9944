using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Hosting;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

/// <summary>The application in this process, with both endpoints on free ports and a folder of public files.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private WebApplication? _app;

    public TemporaryFolder Folder { get; } = new();

    public TestCertificates Certificates { get; } = new();

    /// <summary>What it has logged.</summary>
    public RecordingLog Log { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public int HttpPort => PortOf("http");

    public int HttpsPort => PortOf("https");

    public async Task InitializeAsync()
    {
        Folder.Write("ssl.crt", Certificates.ChainPem);
        Folder.Write("ssl.key", Certificates.KeyPem);
        var path = Folder.Write("config.json", """
            {
              "log_verbose": false,
              "httpConfig": {"host": "127.0.0.1"},
              "httpsConfig": {"host": "127.0.0.1", "ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt"},
              "apps": [{"path": "/"}],
              "signaling": {"tokens": {"rereadInterval": "00:00:01"}}
            }
            """);
        Folder.Write("secret.txt", "secret");
        Folder.Write("public/.well-known/acme-challenge/x", "token");
        Folder.Write("public/folder/index.html", "<p>größe");

        var loader = new ConfigurationLoader(new Dictionary<string, string>(StringComparer.Ordinal), Folder.Path, TimeProvider.System);
        _app = await GatewayHost.StartAsync(
            loader.Load(new StartArguments { ConfigFile = path }, []), builder => builder.Logging.AddProvider(Log));
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Folder.Dispose();
        Log.Dispose();
    }

    /// <summary>Sends a request just as it stands and returns the whole answer.</summary>
    public async Task<string> SendAsync(string target, string method = "GET", string headers = "Connection: close")
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", HttpPort);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private int PortOf(string scheme) =>
        _app!.Urls.Select(url => new Uri(url)).First(url => url.Scheme.Equals(scheme, StringComparison.Ordinal)).Port;
}
