using System.Text;
using Microsoft.IdentityModel.Tokens;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Tokens;

/// <summary>The keys of signed tokens that stand in files.</summary>
internal sealed class TokenKeyFiles
{
    private const int LeastSecretBytes = 32;

    private readonly RereadFiles<IReadOnlyList<TokenKey>>[] _files;

    /// <summary>Reads them.</summary>
    /// <param name="options">What names them.</param>
    /// <param name="origin">What stands before the name of a setting in messages, by that name; null: nothing.</param>
    /// <exception cref="StartupException">One is of no use, or there is no key at all and yet something is asked of tokens.</exception>
    public TokenKeyFiles(SignedTokenOptions options, Func<string, string>? origin = null)
    {
        if (options is { IsActive: false } and not { Issuer: null, Audience: null, LongestLife: null, CloseAtExpiry: false })
        {
            throw new StartupException(
                "signaling.tokens.signed asks something of signed tokens, but names no key of them, so every peer would be let in; set one of " +
                "secretFile, publicKeyFile, keySetFile, keySetUrl.");
        }

        if (options.KeySetUrl is { } url && !new KeySetUrlAttribute().IsValid(url))
            throw new StartupException("signaling.tokens.signed.keySetUrl has to be a URL with https, or of this machine with http, without a user in it.");

        _files =
        [
            .. from file in options.Files
               where file.Path is not null
               let named = new NamedFile($"{origin?.Invoke(file.Name)}signaling.tokens.signed.{file.Name}", file.Path)
               select new RereadFiles<IReadOnlyList<TokenKey>>(named, file.Name switch
               {
                   "secretFile" or "previousSecretFile" => ReadSecret,
                   "keySetFile" => ReadSet,
                   _ => ReadPem,
               }),
        ];
    }

    /// <summary>The files that are to be read again.</summary>
    public IReadOnlyList<IReread> Files => _files;

    /// <summary>All keys of this moment.</summary>
    public IEnumerable<TokenKey> Keys => _files.SelectMany(file => file.Value);

    private static IReadOnlyList<TokenKey> ReadSecret(NamedFile file, string text)
    {
        var secret = Encoding.UTF8.GetBytes(SecretFile.Read(file, text, "the secret"));
        if (secret.Length < LeastSecretBytes)
            throw file.Refuse($"holds a secret of {secret.Length} bytes; at least {LeastSecretBytes} are needed, such as \"openssl rand -base64 48\" makes");
        return [new TokenKey(TokenKey.Hs256, Id: null, new SymmetricSecurityKey(secret))];
    }

    private static IReadOnlyList<TokenKey> ReadPem(NamedFile file, string text) => Read(file, () => [PublicKeys.OfPem(text)]);

    private static IReadOnlyList<TokenKey> ReadSet(NamedFile file, string text) => Read(file, () =>
        PublicKeys.OfSet(Encoding.UTF8.GetBytes(text)) is { Count: > 0 } keys ? keys : throw new FormatException("holds no public key of RS256 or ES256"));

    private static IReadOnlyList<TokenKey> Read(NamedFile file, Func<IReadOnlyList<TokenKey>> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw file.Refuse(e.Message, e);
        }
    }
}
