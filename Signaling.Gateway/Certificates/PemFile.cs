using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>The text of a PEM file and what names it, for messages.</summary>
internal sealed record PemFile(NamedFile File, string Text)
{
    public string Origin => File.Origin;

    public string Path => File.Path;

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
        var file = new NamedFile(origin, System.IO.Path.GetFullPath(path, folder));
        return new PemFile(file, file.ReadText());
    }

    public StartupException Refuse(string what, Exception? cause = null) => File.Refuse(what, cause);
}
