namespace Signaling.Gateway.Configuration;

/// <summary>A secret in a file of its own: a mounted one, say. No message ever shows what is in it.</summary>
internal static class SecretFile
{
    /// <summary>Takes it from the file's text: one line, without white space at its ends.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="text">All that it holds.</param>
    /// <param name="what">What is to stand in it, for messages.</param>
    /// <exception cref="StartupException">There is none in it, or more than that.</exception>
    public static string Read(NamedFile file, string text, string what)
    {
        var secret = text.Trim();
        if (secret.Length == 0)
            throw file.Refuse($"is empty; write {what} into it");
        if (secret.Contains('\uFFFD', StringComparison.Ordinal))
            throw file.Refuse($"holds bytes that are no text; write {what} into it as UTF-8, such as \"openssl rand -base64 48\" makes one");
        if (secret.Any(char.IsControl))
            throw file.Refuse($"holds more than one line; write {what} into it, and nothing else");
        return secret;
    }
}
