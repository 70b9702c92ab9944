using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>The text of a PEM file and what names it, for messages.</summary>
internal sealed record PemFile(string Origin, string Path, string Text)
{
    public bool IsEncrypted =>
        Text.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) ||
        Text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);

    public bool HoldsKey => Text.Contains("PRIVATE KEY-----", StringComparison.Ordinal);

    public static PemFile Read(string origin, string? path, string folder)
    {
        if (path is null)
            throw new StartupException($"{origin} is missing; name a PEM file, or remove httpsConfig to do without https.");

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
