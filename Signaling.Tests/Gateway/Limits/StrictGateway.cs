using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Hosting;
using Signaling.Tests.Gateway.Certificates;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>The program's application in this process, strict, on free ports of all addresses of this machine.</summary>
internal sealed class StrictGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private StrictGateway(TemporaryFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public IServiceProvider Services => _app.Services;

    public Uri Http => Local("http");

    public Uri Https => Local("https");

    /// <summary>Starts it.</summary>
    /// <param name="settings">Further settings, as variables: name and value.</param>
    public static Task<StrictGateway> StartAsync(params (string Name, string Value)[] settings) => StartAsync(adminToken: "", settings);

    /// <summary>Starts it so that each socket needs a user token.</summary>
    /// <param name="adminToken">What registering one takes.</param>
    /// <param name="settings">Further settings, as variables: name and value.</param>
    public static async Task<StrictGateway> StartAsync(string adminToken, params (string Name, string Value)[] settings)
    {
        var (folder, certificates) = (new TemporaryFolder(), new TestCertificates());
        folder.Write("ssl.crt", certificates.ChainPem);
        folder.Write("ssl.key", certificates.KeyPem);
        folder.Write("public/own.html", "<p>own");
        var path = folder.Write("config.json", $$"""
            {
              "log_verbose": false,
              "httpConfig": {"host": "0.0.0.0"},
              "httpsConfig": {"host": "0.0.0.0", "ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt"},
              "adminToken": "{{adminToken}}",
              "apps": [{"path": "/callapp"}],
              "signaling": {"strict": true}
            }
            """);
        var variables = settings.ToDictionary(one => $"SIGNALING__{one.Name.ToUpperInvariant()}", one => one.Value, StringComparer.Ordinal);
        var loader = new ConfigurationLoader(variables, folder.Path, TimeProvider.System);
        return new StrictGateway(folder, (await GatewayHost.StartAsync(loader.Load(new StartArguments { ConfigFile = path }, [])))!);
    }

    /// <summary>Connects from an address of this machine, and says nothing.</summary>
    public async Task<Socket> ConnectAsync(IPAddress? from = null, bool tls = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, (tls ? Https : Http).Port);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It was dropped before it was told that it is connected.
        }

        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private Uri Local(string scheme)
    {
        var port = _app.Urls.Select(url => BindingAddress.Parse(url)).First(url => url.Scheme.Equals(scheme, StringComparison.Ordinal)).Port;
        return new Uri($"{scheme}://127.0.0.1:{port}");
    }
}
