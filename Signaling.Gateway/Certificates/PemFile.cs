using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>The text of a PEM file and what names it, for messages.</summary>
internal sealed record PemFile(string Origin, string Path, string Text)
{
    public bool IsEncrypted =>
        Text.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) ||
        Text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    public bool HoldsKey => Text.Contains("PRIVATE KEY-----", StringComparison.Ordinal);

    /// <summary>Reads one.</summary>
    /// <param name="origin">The key that names it, for messages.</param>
    /// <param name="path">Its path.</param>
    /// <param name="folder">Where a relative path counts from.</param>
    public static PemFile Read(string origin, string path, string folder)
    {
        var file = new PemFile(origin, System.IO.Path.GetFullPath(path, folder), "");
        try
        {
            return file with { Text = File.ReadAllText(file.Path) };
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw file.Refuse("does not exist; correct the path or put the file there", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.Refuse("can't be read; give the user that runs this program the right to", error);
        }
    }

    public StartupException Refuse(string what, Exception? cause = null) => new($"{Origin} is {Path}, which {what}.", cause);
}
