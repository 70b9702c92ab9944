using System.Security.Cryptography;
using System.Text;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Rereading;

/// <summary>
/// A file, or several that belong together, and what was made of them last. They are read as a whole each time: where one is reached by
/// links, as mounted secrets and certbot's certificates are, its own time says nothing.
/// </summary>
/// <typeparam name="T">What is made of them.</typeparam>
internal sealed class RereadFiles<T> : IReread
    where T : class
{
    private readonly IReadOnlyList<NamedFile> _files;
    private readonly Func<IReadOnlyList<string>, T> _make;
    private volatile T _value;
    private string[] _hashes;
    private bool _isAtFault;
    private string? _told;

    /// <param name="file">The file.</param>
    /// <param name="make">Makes something of its text, or says by a <see cref="StartupException"/> what is wrong with it.</param>
    /// <exception cref="StartupException">It is of no use.</exception>
    public RereadFiles(NamedFile file, Func<NamedFile, string, T> make)
        : this([file], texts => make(file, texts[0]))
    {
    }

    /// <param name="files">The files.</param>
    /// <param name="make">Makes something of their texts, or says by a <see cref="StartupException"/> what is wrong with them.</param>
    /// <exception cref="StartupException">They are of no use.</exception>
    public RereadFiles(IReadOnlyList<NamedFile> files, Func<IReadOnlyList<string>, T> make)
    {
        (_files, _make) = (files, make);
        var texts = Read();
        (_value, _hashes) = (make(texts), HashesOf(texts));
    }

    /// <summary>What was made of them when they were good last.</summary>
    public T Value => _value;

    /// <summary>Reads them again.</summary>
    /// <param name="fault">What is wrong with them, where that was not told before; what they held goes on.</param>
    /// <returns>Whether they hold something else now.</returns>
    public bool Reread(out string? fault)
    {
        fault = null;
        try
        {
            var texts = Read();
            var hashes = HashesOf(texts);
            var isNew = !hashes.SequenceEqual(_hashes, StringComparer.Ordinal);
            if (isNew)
                (_value, _hashes) = (_make(texts), hashes);
            (_isAtFault, _told) = (false, null);
            return isNew;
        }
        catch (StartupException e)
        {
            fault = TellOnce(e.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    RereadNews? IReread.Reread()
    {
        if (Reread(out var fault))
            return new RereadNews(IsTaken: true, $"{_files[0].Origin} is {_files[0].Path}, which has changed and is read again.");
        return fault is null ? null : new RereadNews(IsTaken: false, $"{fault} What it held before goes on.");
    }

    private string[] Read() => [.. _files.Select(file => file.ReadText())];

    /// <summary>Secrets are not kept to be compared.</summary>
    private static string[] HashesOf(string[] texts) => [.. texts.Select(text => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))))];

    /// <summary>Several files are seldom written at one moment: what is wrong with them is told when it still is the next time.</summary>
    private string? TellOnce(string fault)
    {
        var isDue = _isAtFault || _files.Count == 1;
        _isAtFault = true;
        if (!isDue || string.Equals(fault, _told, StringComparison.Ordinal))
            return null;

        return _told = fault;
    }
}
