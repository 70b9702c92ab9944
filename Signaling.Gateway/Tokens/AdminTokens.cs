using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// What registering user tokens takes: the admin token, and while it is replaced the one before it. Each stands in the configuration or
/// in a file, which is read again while the node runs.
/// </summary>
internal sealed class AdminTokens
{
    private static readonly Func<byte[]?> None = () => null;

    private readonly Func<byte[]?> _current;
    private readonly Func<byte[]?> _previous;

    public AdminTokens(IOptions<SignalingOptions> options)
        : this(options.Value.AdminToken, options.Value.Tokens)
    {
    }

    /// <summary>Reads them.</summary>
    /// <param name="adminToken">That of the configuration itself; null or empty: there is none.</param>
    /// <param name="options">Where else they may stand.</param>
    /// <param name="origin">What stands before the name of a setting in messages, by that name; null: nothing.</param>
    /// <exception cref="StartupException">A file holds none, or there is one too many.</exception>
    public AdminTokens(string? adminToken, TokenOptions options, Func<string, string>? origin = null)
    {
        _current = Of(adminToken, "adminToken", options.AdminTokenFile, "adminTokenFile");
        _previous = Of(options.PreviousAdminToken, "signaling.tokens.previousAdminToken", options.PreviousAdminTokenFile, "previousAdminTokenFile");
        if (!IsActive && !ReferenceEquals(_previous, None))
            throw new StartupException("signaling.tokens has a previous admin token, and there is no adminToken; set that, or remove the previous one.");

        Func<byte[]?> Of(string? text, string key, string? path, string name)
        {
            if (path is null)
            {
                var hash = string.IsNullOrEmpty(text) ? null : Hash(text);
                return hash is null ? None : () => hash;
            }

            var named = $"{origin?.Invoke(name)}signaling.tokens.{name}";
            if (!string.IsNullOrEmpty(text))
                throw new StartupException($"{named} is {path}, and {key} is set too; remove one of the two.");
            var file = new RereadFiles<byte[]>(new NamedFile(named, path), (file, content) => Hash(SecretFile.Read(file, content, "the admin token")));
            Files.Add(file);
            return () => file.Value;
        }
    }

    /// <summary>Whether there is one: sockets need a token then.</summary>
    public bool IsActive => !ReferenceEquals(_current, None);

    /// <summary>The files that are to be read again.</summary>
    public List<IReread> Files { get; } = [];

    /// <summary>Whether a request has one in <c>Authorization</c>, bare or after <c>Bearer</c>.</summary>
    public bool AreIn(HttpRequest request) => Has(request.Headers.Authorization) || Has(PeerToken.OfHeader(request));

    /// <summary>Whether a text is one. Takes the same time for every wrong token.</summary>
    public bool Has(string? adminToken)
    {
        if (adminToken is null)
            return false;

        var hash = Hash(adminToken);
        return Is(hash, _current()) | Is(hash, _previous());
    }

    private static bool Is(byte[] hash, byte[]? token) => token is not null && CryptographicOperations.FixedTimeEquals(hash, token);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
