using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Certbot;

/// <summary>
/// A CA as Let's Encrypt is one: a real pebble, which looks at each challenge, each time. It finds names by a real dnsmasq, and asks at a
/// port in place of 80.
/// </summary>
public sealed class AcmeServer : IAsyncLifetime
{
    /// <summary>A name that leads to 127.0.0.1.</summary>
    public const string Name = "signal.example.test";

    /// <summary>A name that leads to 127.0.0.2.</summary>
    public const string OtherName = "other.example.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly int _port = Ports.Take();
    private readonly int _managementPort = Ports.Take();
    private readonly int _dnsPort = Ports.Take();
    private readonly List<Process> _processes = [];

    /// <summary>Where it looks for challenges.</summary>
    public int HttpPort { get; } = Ports.Take();

    /// <summary>Where ACME clients begin.</summary>
    public string Directory => $"https://127.0.0.1:{_port}/dir";

    /// <summary>The file with the CA of its own https.</summary>
    public string CaFile { get; private set; } = "";

    /// <summary>The root of the certificates that it issues.</summary>
    public X509Certificate2 Root { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        CaFile = _folder.Write("ca.crt", _authority.Certificate.ExportCertificatePem());
        using var own = _authority.Issue(["127.0.0.1"]);
        var (certificate, key) = (_folder.Write("own.crt", own.ExportCertificatePem()), _folder.Write("own.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        var config = _folder.Write("config.json", $$"""
            {"pebble": {
              "listenAddress": "127.0.0.1:{{_port}}", "managementListenAddress": "127.0.0.1:{{_managementPort}}",
              "certificate": "{{certificate}}", "privateKey": "{{key}}",
              "httpPort": {{HttpPort}}, "tlsPort": {{Ports.Take()}}, "ocspResponderURL": "", "externalAccountBindingRequired": false
            } }
            """);
        Start(
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=root", "--log-facility=-", "--no-resolv", "--no-hosts",
            $"--port={_dnsPort}", "--bind-interfaces", "--listen-address=127.0.0.1", "--no-dhcp-interface=*", "--local=/example.test/",
            $"--address=/{Name}/127.0.0.1", $"--address=/{OtherName}/127.0.0.2");
        Start("pebble", "-config", config, "-dnsserver", $"127.0.0.1:{_dnsPort}");

        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = TlsClient.TrustIn(_authority.Certificate) } };
        using var client = new HttpClient(handler);
        var root = "";
        await Eventually.BecomesAsync(async () => root = await TryGetAsync(client, $"https://127.0.0.1:{_managementPort}/roots/0"), text => text.Length > 0, Patience);
        Root = X509Certificate2.CreateFromPem(root);
        await Eventually.BecomesAsync(() => TryGetAsync(client, Directory), text => text.Length > 0, Patience);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private static async Task<string> TryGetAsync(HttpClient client, string url)
    {
        try
        {
            return await client.GetStringAsync(new Uri(url));
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PEBBLE_VA_ALWAYS_VALID"] = "0";
        start.Environment["PEBBLE_VA_NOSLEEP"] = "1";
        start.Environment["PEBBLE_AUTHZREUSE"] = "0"; // a renewal is looked at as the first issue is
        start.Environment["PEBBLE_WFE_NONCEREJECT"] = "0";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }
}
