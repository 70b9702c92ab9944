using Microsoft.Extensions.Options;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// Takes the admin token from the file that <see cref="TokenOptions.AdminTokenFile"/> names: a mounted secret, say. No message
/// ever shows what is in it.
/// </summary>
internal sealed class AdminTokenFile : IPostConfigureOptions<SignalingOptions>
{
    private const string Key = "signaling.tokens.adminTokenFile";

    public void PostConfigure(string? name, SignalingOptions options)
    {
        if (options.Tokens.AdminTokenFile is { } path)
            options.AdminToken = Read(path, Key, options.AdminToken);
    }

    /// <summary>Reads the token.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="origin">What names it, for messages.</param>
    /// <param name="other">The admin token that stands elsewhere; null or empty: none does.</param>
    /// <exception cref="StartupException">There is none in it, or two there are.</exception>
    public static string Read(string path, string origin, string? other)
    {
        var file = new NamedFile(origin, path);
        if (!string.IsNullOrEmpty(other))
            throw new StartupException($"{origin} is {path}, and adminToken is set too; remove one of the two.");

        var token = file.ReadText().Trim();
        if (token.Length == 0)
            throw file.Refuse("is empty; write the admin token into it");
        if (token.Any(char.IsControl))
            throw file.Refuse("holds more than one line; write the admin token into it, and nothing else");
        return token;
    }
}
