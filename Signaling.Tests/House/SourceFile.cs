using System.Text.RegularExpressions;

namespace Signaling.Tests.House;

/// <summary>A source file of the repository.</summary>
/// <param name="Path">Its path from the root, with slashes.</param>
/// <param name="Text">All of it.</param>
public sealed partial record SourceFile(string Path, string Text)
{
    // By the folder of each, the namespace of its files.
    private static readonly Dictionary<string, string> Projects = new(StringComparer.Ordinal)
    {
        ["Signaling.Actors"] = "Signaling.Actors",
        ["Signaling.Client"] = "Signaling.Client",
        ["Signaling.Gateway"] = "Signaling.Gateway",
        ["Signaling.Tests"] = "Signaling.Tests",
        ["bench/load"] = "Signaling.Load",
        ["bench/Signaling.Benchmarks"] = "Signaling.Benchmarks",
    };

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files of the projects, but not what the build has made.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Projects.Keys.SelectMany(FilesOf)];

    /// <summary>The files of the product.</summary>
    public static IEnumerable<SourceFile> Product => All.Where(file => !file.Path.StartsWith("Signaling.Tests/", StringComparison.Ordinal));

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The namespace that its place stands for.</summary>
    public string Namespace
    {
        get
        {
            var (folder, name) = Projects.Single(project => Path.StartsWith(project.Key + '/', StringComparison.Ordinal));
            return (name + System.IO.Path.GetDirectoryName(Path)![folder.Length..]).Replace('/', '.').Replace('\\', '.');
        }
    }

    /// <summary>Its text without comments: what the compiler sees, roughly.</summary>
    public string Code => Comment().Replace(Text, "");

    /// <summary>The namespaces that it imports, aliases and statics included.</summary>
    public IEnumerable<string> Imports => Using().Matches(Code).Select(match => match.Groups["name"].Value);

    /// <summary>The room of <c>Signaling.Actors</c> that it is in; null where it is in none.</summary>
    public string? Room => Path.Split('/') is ["Signaling.Actors", var room, _, ..] ? room : null;

    /// <summary>What a file outside the C# projects holds.</summary>
    public static string Read(string path) => File.ReadAllText(System.IO.Path.Combine(Root, path));

    public override string ToString() => Path;

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Using();

    private static IEnumerable<SourceFile> FilesOf(string project) =>
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(Root, project), "*.cs", SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where path[(project.Length + 1)..].Split('/')[0] is not ("bin" or "obj")
        select new SourceFile(path, File.ReadAllText(file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Signaling.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests holds Signaling.sln: run them inside the repository.");
    }
}
