using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

/// <summary>The certificate that peers are shown, while its files change.</summary>
public sealed class PublicCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _first = new();
    private readonly TestCertificates _second = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_renewal_by_certbot_is_taken_when_both_links_lead_to_the_new_issue()
    {
        _folder.Write("archive/example.com/fullchain1.pem", _first.ChainPem);
        _folder.Write("archive/example.com/privkey1.pem", _first.KeyPem);
        Directory.CreateDirectory(PathOf("live/example.com"));
        Link("live/example.com/fullchain.pem", "../../archive/example.com/fullchain1.pem");
        Link("live/example.com/privkey.pem", "../../archive/example.com/privkey1.pem");
        var certificate = Load("live/example.com/fullchain.pem", "live/example.com/privkey.pem");
        Assert.Null(certificate.Reread());

        _folder.Write("archive/example.com/fullchain2.pem", _second.ChainPem);
        _folder.Write("archive/example.com/privkey2.pem", _second.KeyPem);
        Link("live/example.com/privkey.pem", "../../archive/example.com/privkey2.pem");
        AssertStays(certificate);
        Link("live/example.com/fullchain.pem", "../../archive/example.com/fullchain2.pem");

        AssertTaken(certificate, "live/example.com/fullchain.pem");
    }

    [Fact]
    public void A_new_secret_of_Kubernetes_is_taken_though_no_file_s_time_or_size_changes()
    {
        var time = TimeProvider.System.GetUtcNow().UtcDateTime;
        Make("..2026_11_24_1", _first);
        Link("..data", "..2026_11_24_1");
        Link("tls.crt", "..data/tls.crt");
        Link("tls.key", "..data/tls.key");
        var certificate = Load("tls.crt", "tls.key");
        Assert.Null(certificate.Reread());

        Make("..2026_11_25_2", _second);
        Link("..data_tmp", "..2026_11_25_2");
        using (var rename = Process.Start("mv", ["-T", PathOf("..data_tmp"), PathOf("..data")]))
            rename.WaitForExit();
        Directory.Delete(PathOf("..2026_11_24_1"), recursive: true);

        AssertTaken(certificate, "tls.crt");

        void Make(string folder, TestCertificates certificates)
        {
            File.SetLastWriteTimeUtc(_folder.Write($"{folder}/tls.crt", certificates.ChainPem), time);
            File.SetLastWriteTimeUtc(_folder.Write($"{folder}/tls.key", certificates.KeyPem), time);
        }
    }

    [Theory]
    [InlineData("a damaged certificate", "ssl_cert_file", "holds a certificate that can't be read; copy it anew from where it was issued.")]
    [InlineData("half of the chain", "ssl_cert_file", "holds a certificate that can't be read; copy it anew from where it was issued.")]
    [InlineData("no certificate", "ssl_cert_file", "holds no certificate in PEM form; one begins with -----BEGIN CERTIFICATE-----.")]
    [InlineData("no file", "ssl_cert_file", "does not exist; correct the path or put the file there.")]
    [InlineData("no key", "ssl_key_file", "does not exist; correct the path or put the file there.")]
    [InlineData("another's key", "ssl_key_file", "holds no key that belongs to the first certificate in ")]
    [InlineData("one that TLS does not take", "ssl_cert_file", "holds a certificate that TLS does not take (")]
    [InlineData("one that ran out", "ssl_cert_file", "holds a certificate for the time from ")]
    [InlineData("one for later", "ssl_cert_file", "holds a certificate for the time from ")]
    public void What_is_of_no_use_leaves_the_one_before_and_is_told_once(string what, string key, string reason)
    {
        Write(_first.ChainPem, _first.KeyPem);
        var certificate = Load("ssl.crt", "ssl.key");
        var now = TimeProvider.System.GetUtcNow();
        using var shortKey = RSA.Create(512);
        var weak = new TestCertificates(shortKey);
        var (ranOut, later) = (new TestCertificates(notAfter: now.AddHours(-1)), new TestCertificates(notBefore: now.AddHours(1)));
        Action spoil = what switch
        {
            "a damaged certificate" => () => Write(_second.ChainPem.Remove(200, 12), _second.KeyPem),
            "half of the chain" => () => Write(_second.ChainPem[..^100], _second.KeyPem),
            "no certificate" => () => Write("", _second.KeyPem),
            "no file" => () => File.Delete(PathOf("ssl.crt")),
            "no key" => () => File.Delete(PathOf("ssl.key")),
            "another's key" => () => Write(_second.ChainPem, _first.KeyPem),
            "one that TLS does not take" => () => Write(weak.ChainPem, weak.KeyPem),
            "one that ran out" => () => Write(ranOut.ChainPem, ranOut.KeyPem),
            _ => () => Write(later.ChainPem, later.KeyPem),
        };
        spoil();

        AssertStays(certificate);
        var news = certificate.Reread()!;
        Assert.False(news.IsTaken);
        Assert.StartsWith($"f: httpsConfig.{key} is {PathOf(key is "ssl_key_file" ? "ssl.key" : "ssl.crt")}, which {reason}", news.Sentence, StringComparison.Ordinal);
        Assert.EndsWith($" The certificate of before goes on, which holds until {DateOf(_first)}.", news.Sentence, StringComparison.Ordinal);
        AssertStays(certificate);

        Write(_second.ChainPem, _second.KeyPem);
        AssertTaken(certificate, "ssl.crt");
    }

    [Fact]
    public void Whatever_stands_in_the_files_is_taken_or_told()
    {
        var random = new Random(7);
        Write(_first.ChainPem, _first.KeyPem);
        var certificate = Load("ssl.crt", "ssl.key");
        for (var i = 0; i < 300; i++)
        {
            var (chain, key) = (Spoil(_second.ChainPem), Spoil(_second.KeyPem));
            Write(i % 3 == 0 ? _second.ChainPem : chain, i % 3 == 1 ? _second.KeyPem : key);
            certificate.Reread();
            Assert.True(certificate.Current.Leaf.HasPrivateKey);
        }

        Write(_first.ChainPem, _first.KeyPem);
        certificate.Reread();
        Assert.Equal(_first.Leaf.Thumbprint, certificate.Current.Leaf.Thumbprint);

        string Spoil(string pem)
        {
            var text = new StringBuilder(pem);
            var at = random.Next(pem.Length);
            return random.Next(5) switch
            {
                0 => text.Remove(at, random.Next(pem.Length - at)).ToString(),
                1 => text.Insert(at, pem).ToString(),
                2 => text.Replace("EC PRIVATE", "PRIVATE").Replace("PRIVATE KEY", "RSA PRIVATE KEY").ToString(),
                3 => text.Remove(at, Math.Min(4, pem.Length - at)).Insert(at, "AAAA").ToString(),
                _ => text.Insert(at, (char)random.Next(1, 0x3000)).ToString(),
            };
        }
    }

    [Fact]
    public void Where_none_holds_the_latest_is_taken()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (before, after) = (new TestCertificates(notAfter: now.AddDays(-2)), new TestCertificates(notAfter: now.AddDays(-1)));
        Write(before.ChainPem, before.KeyPem);
        var certificate = Load("ssl.crt", "ssl.key");

        Write(after.ChainPem, after.KeyPem);

        Assert.True(certificate.Reread() is { IsTaken: true });
        Assert.Equal(after.Leaf.Thumbprint, certificate.Current.Leaf.Thumbprint);
    }

    private static string DateOf(TestCertificates certificates) =>
        certificates.Leaf.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private PublicCertificate Load(string certificate, string key) => PublicCertificate.Load(
        new SecureEndpointConfig(new EndpointConfig("f: httpsConfig", "f: httpsConfig.port", 0, Host: null), key, certificate), _folder.Path, TimeProvider.System);

    private void Write(string certificate, string key)
    {
        _folder.Write("ssl.crt", certificate);
        _folder.Write("ssl.key", key);
    }

    private void Link(string name, string target)
    {
        File.Delete(PathOf(name));
        File.CreateSymbolicLink(PathOf(name), target);
    }

    private void AssertStays(PublicCertificate certificate)
    {
        Assert.Null(certificate.Reread());
        Assert.Equal(_first.Leaf.Thumbprint, certificate.Current.Leaf.Thumbprint);
    }

    private void AssertTaken(PublicCertificate certificate, string file)
    {
        var news = certificate.Reread()!;
        Assert.Equal(
            (true, $"f: httpsConfig.ssl_cert_file is {PathOf(file)}, which has changed: new connections get its certificate, which holds until {DateOf(_second)}."),
            (news.IsTaken, news.Sentence));
        Assert.Equal(_second.Leaf.Thumbprint, certificate.Current.Leaf.Thumbprint);
        Assert.Null(certificate.Reread());
    }
}
