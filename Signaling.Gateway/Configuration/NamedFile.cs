namespace Signaling.Gateway.Configuration;

/// <summary>A file that the configuration names.</summary>
/// <param name="Origin">The key that names it, for messages.</param>
/// <param name="Path">Its path.</param>
internal sealed record NamedFile(string Origin, string Path)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="StartupException">It can't be read.</exception>
    public string ReadText()
    {
        try
        {
            return File.ReadAllText(Path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse("does not exist; correct the path or put the file there", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse("can't be read; give the user that runs this program the right to", error);
        }
    }

    /// <summary>Says what is wrong with it.</summary>
    /// <param name="what">What it is or does, as the rest of a sentence, without the full stop.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public StartupException Refuse(string what, Exception? cause = null) => new($"{Origin} is {Path}, which {what}.", cause);
}
