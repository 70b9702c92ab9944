using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>Keys in files are replaced while the node runs.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private const string NewSecret = "the next secret of thirty-two bytes";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_secret_is_replaced_without_a_restart_and_a_refused_peer()
    {
        var (old, next) = (Token(TestSigner.Hs256(SignedTokenNode.Secret)), Token(TestSigner.Hs256(NewSecret)));
        Write("secret", SignedTokenNode.Secret);
        Write("previous", SignedTokenNode.Secret);
        await using var node = await SignedTokenNode.StartAsync(
            _time, signed => (signed.SecretFile, signed.PreviousSecretFile) = (Path("secret"), Path("previous")));
        await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(old));
        await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken(next));

        Write("secret", NewSecret);
        await ExpectAsync(node, next, fault: null);
        Assert.Null(await SignedTokenNode.FaultOfAsync(node, old));
        await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(next));

        Write("previous", NewSecret);
        await ExpectAsync(node, old, TokenFault.Signature);
        await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken(old));
    }

    [Fact]
    public async Task So_are_public_keys_and_key_sets()
    {
        var (first, second, third) = (TestSigner.Rs256(), TestSigner.Es256(), TestSigner.Es256("third"));
        Write("key.pem", first.Pem);
        Write("previous.pem", first.Pem);
        Write("keys.json", TestSigner.SetOf(third));
        await using var node = await SignedTokenNode.StartAsync(_time, signed =>
            (signed.PublicKeyFile, signed.PreviousPublicKeyFile, signed.KeySetFile) = (Path("key.pem"), Path("previous.pem"), Path("keys.json")));

        Write("key.pem", second.Pem);
        await ExpectAsync(node, Token(second), fault: null);
        Assert.Null(await SignedTokenNode.FaultOfAsync(node, Token(first)));
        Assert.Null(await SignedTokenNode.FaultOfAsync(node, Token(third)));

        Write("previous.pem", second.Pem);
        await ExpectAsync(node, Token(first), TokenFault.Algorithm);
    }

    [Fact]
    public async Task A_file_that_has_become_unusable_changes_nothing_until_it_is_good_again()
    {
        var (old, next) = (Token(TestSigner.Hs256(SignedTokenNode.Secret)), Token(TestSigner.Hs256(NewSecret)));
        Write("secret", SignedTokenNode.Secret);
        await using var node = await SignedTokenNode.StartAsync(_time, signed => signed.SecretFile = Path("secret"));

        foreach (var bad in (string?[])["", "short", null])
        {
            if (bad is null)
                File.Delete(Path("secret"));
            else
                Write("secret", bad);
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(await SignedTokenNode.FaultOfAsync(node, old));
        }

        Write("secret", NewSecret);
        await ExpectAsync(node, next, fault: null);
        Assert.Equal(TokenFault.Signature, await SignedTokenNode.FaultOfAsync(node, old));
    }

    [Fact]
    public async Task A_file_behind_links_that_are_turned_is_another_one_as_a_mounted_secret_is()
    {
        _folder.Write("one/secret", SignedTokenNode.Secret);
        _folder.Write("two/secret", NewSecret);
        Directory.CreateSymbolicLink(Path("now"), Path("one"));
        File.CreateSymbolicLink(Path("secret"), Path("now/secret"));
        await using var node = await SignedTokenNode.StartAsync(_time, signed => signed.SecretFile = Path("secret"));

        Directory.Delete(Path("now"));
        Directory.CreateSymbolicLink(Path("now"), Path("two"));

        await ExpectAsync(node, Token(TestSigner.Hs256(NewSecret)), fault: null);
    }

    private Task ExpectAsync(TestNode node, string token, TokenFault? fault) => Eventually.BecomesAsync<TokenFault?>(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return SignedTokenNode.FaultOfAsync(node, token);
        },
        found => found == fault,
        Patience);

    private static string Token(TestSigner signer) => signer.Sign("\"exp\": 2000000000");

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    private void Write(string name, string text) => _folder.Write(name, text);
}
