using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Tokens;

/// <summary>A file that is read again now and then.</summary>
internal interface IRereadFile
{
    /// <summary>What names it, and its path.</summary>
    NamedFile File { get; }

    /// <summary>Reads it again.</summary>
    /// <param name="fault">What is wrong with it, where that was not told before; what it held goes on.</param>
    /// <returns>Whether it holds something else now.</returns>
    bool Reread(out string? fault);
}

/// <summary>
/// A file and what was made of it last. It is read as a whole each time: where it is reached by links, as mounted secrets are, its own
/// time says nothing.
/// </summary>
/// <typeparam name="T">What is made of it.</typeparam>
internal sealed class RereadFile<T> : IRereadFile
    where T : class
{
    private readonly Func<NamedFile, string, T> _read;
    private volatile T _value;
    private string _text;
    private string? _fault;

    /// <param name="file">The file.</param>
    /// <param name="read">Makes something of its text, or says by a <see cref="StartupException"/> what is wrong with it.</param>
    /// <exception cref="StartupException">It is of no use.</exception>
    public RereadFile(NamedFile file, Func<NamedFile, string, T> read)
    {
        (File, _read, _text) = (file, read, file.ReadText());
        _value = read(file, _text);
    }

    /// <inheritdoc/>
    public NamedFile File { get; }

    /// <summary>What was made of it when it could be read last.</summary>
    public T Value => _value;

    /// <inheritdoc/>
    public bool Reread(out string? fault)
    {
        fault = null;
        try
        {
            var text = File.ReadText();
            var isNew = !string.Equals(text, _text, StringComparison.Ordinal);
            if (isNew)
                (_value, _text) = (_read(File, text), text);
            _fault = null;
            return isNew;
        }
        catch (StartupException e)
        {
            if (!string.Equals(e.Message, _fault, StringComparison.Ordinal))
                fault = _fault = e.Message;
            return false;
        }
    }
}
