using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Signaling.Tests.Compatibility;

/// <summary>
/// The traces in the source tree. They are read where they stand, not from a copy beside the tests' assembly,
/// because recording writes them there.
/// </summary>
internal static class TraceFile
{
    /// <summary>Of a trace whose answers are not the original's: nothing records it.</summary>
    private const string OurOwn = "ours";

    /// <summary>The traces, named by their path below their folder.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*.trace", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder(), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    /// <summary>Those whose answers are the original's.</summary>
    public static IReadOnlyList<string> Recorded { get; } =
        [.. All.Where(name => !name.StartsWith($"{OurOwn}/", StringComparison.Ordinal))];

    /// <summary>What makes the names in one run of a trace its own.</summary>
    public static string NewRun() => RandomNumberGenerator.GetHexString(8);

    /// <summary>The text of a trace.</summary>
    public static Task<string> Read(string name) => File.ReadAllTextAsync(Path.Combine(Folder(), name));

    /// <summary>Replaces the text of a trace.</summary>
    public static Task Write(string name, string text) => File.WriteAllTextAsync(Path.Combine(Folder(), name), text);

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "Traces");
}
