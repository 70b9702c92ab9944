using System.Security.Cryptography;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway.Tokens.Signed;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class SignedTokenSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_there_are_none() => Assert.False(Load("").IsActive);

    [Fact]
    public void Paths_in_the_file_count_from_its_own_folder_and_others_from_the_callers()
    {
        _folder.Write("conf/secret", SignedTokenNode.Secret);
        _folder.Write("key.pem", TestSigner.Rs256().Pem);
        _environment["SIGNALING__TOKENS__SIGNED__PUBLICKEYFILE"] = "key.pem";

        var signed = Load("\"secretFile\": \"secret\"");

        Assert.Equal((Path("conf/secret"), Path("key.pem"), true), (signed.SecretFile, signed.PublicKeyFile, signed.IsActive));
    }

    [Theory]
    [InlineData("secretFile", "", "which is empty; write the secret into it.")]
    [InlineData("secretFile", "only thirty-one bytes of secret", "which holds a secret of 31 bytes; at least 32 are needed, such as \"openssl rand -base64 48\" makes.")]
    [InlineData("previousSecretFile", "short", "which holds a secret of 5 bytes; at least 32 are needed, such as \"openssl rand -base64 48\" makes.")]
    [InlineData("secretFile", "two lines of which each is long\nenough to be a secret by itself", "which holds more than one line; write the secret into it, and nothing else.")]
    [InlineData("publicKeyFile", "no key", "which holds no public key in PEM form, RSA or EC; one begins with -----BEGIN PUBLIC KEY-----.")]
    [InlineData("keySetFile", "{}", "which holds no JSON Web Key Set, which is an object with a list \"keys\".")]
    [InlineData("keySetFile", "no JSON", "which holds no JSON, or some that says a thing twice.")]
    [InlineData("keySetFile", "{\"keys\": []}", "which holds no public key of RS256 or ES256.")]
    [InlineData("keySetFile", "{\"keys\": [{\"kty\": \"RSA\"}]}", "which holds a key whose \"n\" is missing or no base64url.")]
    [InlineData("keySetFile", "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"AAAA\", \"y\": \"AAAA\"}]}", "which holds a key that is none.")]
    public void A_file_without_a_key_is_one_sentence(string key, string text, string sentence)
    {
        _folder.Write("conf/file", text);

        Assert.Equal(
            $"{Path("conf/config.json")}: signaling.tokens.signed.{key} is {Path("conf/file")}, {sentence}", Refusal($"\"{key}\": \"file\""));
    }

    [Fact]
    public void Weak_and_private_keys_are_refused()
    {
        using var secret = RSA.Create(2048);
        foreach (var (pem, what) in ((string, string)[])[
            (secret.ExportPkcs8PrivateKeyPem(), "holds a private key"),
            (TestSigner.Rs256(bits: 1024).Pem, "holds an RSA key of 1024 bits; at least 2048 are needed"),
            (TestSigner.Es256(otherCurve: true).Pem, "holds a key on another curve than P-256"),
        ])
        {
            _folder.Write("conf/file", pem);
            Assert.Contains($"which {what}", Refusal("\"publicKeyFile\": \"file\""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_sentence() =>
        Assert.EndsWith("which does not exist; correct the path or put the file there.", Refusal("\"secretFile\": \"file\""), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.com/keys")]
    [InlineData("https://user:word@example.com/keys")]
    [InlineData("ftp://localhost/keys")]
    [InlineData("/keys")]
    [InlineData("example.com")]
    public void Keys_come_from_a_URL_that_nobody_else_can_answer(string url) => Assert.Equal(
        $"{Path("conf/config.json")}: signaling.tokens.signed.keySetUrl is \"{url}\"; allowed is a URL with https, or of this machine with http, " +
        "without a user in it.",
        Refusal($"\"keySetUrl\": \"{url}\""));

    [Theory]
    [InlineData("https://example.com/keys?x=1")]
    [InlineData("http://localhost:8080/keys")]
    [InlineData("http://127.0.0.1/keys")]
    [InlineData("http://[::1]/keys")]
    public void Other_URLs_are_fine(string url) => Assert.True(Load($"\"keySetUrl\": \"{url}\"").IsActive);

    [Theory]
    [InlineData("\"issuer\": \"me\"")]
    [InlineData("\"audience\": \"me\"")]
    [InlineData("\"longestLife\": \"01:00:00\"")]
    [InlineData("\"closeAtExpiry\": true")]
    public void Who_asks_something_of_signed_tokens_needs_a_key_of_them(string settings) => Assert.Equal(
        "signaling.tokens.signed asks something of signed tokens, but names no key of them, so every peer would be let in; set one of secretFile, " +
        "publicKeyFile, keySetFile, keySetUrl.",
        Refusal(settings));

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    private string Refusal(string settings) => Assert.Throws<StartupException>(() => Load(settings)).Message;

    private SignedTokenOptions Load(string settings)
    {
        _folder.Write("conf/config.json", $$$"""{"httpConfig": {"port": 80}, "apps": [{"path": "/"}], "signaling": {"tokens": {"signed": {{{{settings}}}} } } }""");
        return new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System)
            .Load(new StartArguments { ConfigFile = "conf/config.json" }, []).Settings.Tokens.Signed;
    }
}
