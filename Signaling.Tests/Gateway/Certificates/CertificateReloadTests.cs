using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Gateway.Certificates;
using Signaling.Tests.Gateway.Hosting;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

/// <summary>What peers see when the files of the certificate change under a running service.</summary>
public sealed class CertificateReloadTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestCertificates _current = gateway.Certificates;

    private Uri Ws => new($"ws://127.0.0.1:{gateway.HttpPort}/");

    private Uri Wss => new($"wss://127.0.0.1:{gateway.HttpsPort}/");

    [Fact]
    public async Task Open_connections_go_on_and_new_ones_get_the_new_certificate()
    {
        await ReplaceAsync();
        await using var plain = await Call.OpenAsync(Ws, Ws, "plain");
        await using var secure = await Call.OpenAsync(Wss, Wss, "secure", _current.Root);
        await plain.TalkAsync();
        await secure.TalkAsync();

        await ReplaceAsync();

        await plain.TalkAsync();
        await secure.TalkAsync();
        await using var late = await Call.OpenAsync(Wss, Wss, "late", _current.Root);
        await late.TalkAsync();
        await secure.EndAsync();
        var inUse = Assert.Single(gateway.Services.GetRequiredService<CertificatesInUse>().All);
        Assert.Equal(new DateTimeOffset(_current.Leaf.NotAfter), inUse.NotAfter);
    }

    [Fact]
    public async Task Broken_files_change_nothing_but_the_log()
    {
        await ReplaceAsync();
        await using var plain = await Call.OpenAsync(Ws, Ws, "plain");
        await using var secure = await Call.OpenAsync(Wss, Wss, "secure", _current.Root);

        gateway.Folder.Write("ssl.crt", "broken");
        await UntilLoggedAsync("holds no certificate in PEM form");
        File.Delete(Path.Combine(gateway.Folder.Path, "ssl.key"));
        gateway.Folder.Write("ssl.crt", new TestCertificates().ChainPem);
        await UntilLoggedAsync("ssl.key, which does not exist");

        Assert.Equal(_current.Leaf.Thumbprint, await TlsClient.SeeAsync(gateway.HttpsPort, _current.Root));
        await using var late = await Call.OpenAsync(Wss, Wss, "late", _current.Root);
        await late.TalkAsync();
        await plain.TalkAsync();
        await secure.TalkAsync();
        await ReplaceAsync();
        await secure.TalkAsync();
    }

    [Fact]
    public async Task Sessions_are_taken_up_again_but_not_past_a_new_certificate()
    {
        await ReplaceAsync();
        var session = Path.Combine(gateway.Folder.Path, "session");

        Assert.Equal("New", Shake("-sess_out", session));
        Assert.Equal("Reused", Shake("-sess_in", session));
        await ReplaceAsync();
        Assert.Equal("New", Shake("-sess_in", session));
    }

    /// <summary>Writes the files anew, one after the other, and waits until they are in use.</summary>
    private async Task ReplaceAsync()
    {
        _current = new TestCertificates();
        gateway.Folder.Write("ssl.key", _current.KeyPem);
        gateway.Folder.Write("ssl.crt", _current.ChainPem);
        var shown = gateway.Services.GetRequiredService<PublicCertificate>();
        await Eventually.BecomesAsync(() => shown.Current.Leaf.Thumbprint, one => one.Equals(_current.Leaf.Thumbprint, StringComparison.Ordinal), Patience);
        Assert.Equal(_current.Leaf.Thumbprint, await TlsClient.SeeAsync(gateway.HttpsPort, _current.Root));
    }

    private Task UntilLoggedAsync(string part) =>
        Eventually.BecomesAsync(() => gateway.Log.Lines.Any(line => line.Contains(part, StringComparison.Ordinal)), isThere => isThere, Patience);

    /// <summary>Asks for the start page by openssl.</summary>
    /// <returns>Whether that was a new session or an old one.</returns>
    private string Shake(params string[] session)
    {
        using var client = Process.Start(new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{gateway.HttpsPort}", "-servername", "localhost", "-ign_eof", .. session])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        client.ErrorDataReceived += (_, _) => { };
        client.BeginErrorReadLine();
        client.StandardInput.Write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        client.StandardInput.Close();
        var lines = client.StandardOutput.ReadToEnd().Split('\n');
        return lines.Single(line => line.Contains(", TLSv1.3, Cipher is ", StringComparison.Ordinal)).Split(',')[0];
    }
}
