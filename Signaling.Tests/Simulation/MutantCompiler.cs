using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Signaling.Tests.House;

namespace Signaling.Tests.Simulation;

/// <summary>
/// Compiles the state machines and the simulation from their sources, with a fault put in, into an assembly of its own. The
/// product itself knows nothing of faults.
/// </summary>
internal static class MutantCompiler
{
    private static readonly string[] Rooms = ["Protocol", "Messages", "Links", "Connections", "Addresses", "Nodes"];
    private static readonly Lazy<CSharpCompilation> Whole = new(Compile);

    /// <summary>Compiles a mutant.</summary>
    /// <returns>What runs the history of a seed and says which invariant it breaks, and how to unload it.</returns>
    public static (Func<ulong, string?> Try, AssemblyLoadContext Context) Compile(Mutant mutant)
    {
        var compilation = Whole.Value;
        foreach (var patch in mutant.Patches)
        {
            var tree = compilation.SyntaxTrees.Single(tree => string.Equals(tree.FilePath, "Signaling.Actors/" + patch.File, StringComparison.Ordinal));
            compilation = compilation.ReplaceSyntaxTree(tree, Parse(tree.FilePath, patch.Apply(tree.ToString())));
        }

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"'{mutant}' does not compile: {string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");

        image.Position = 0;
        var context = new AssemblyLoadContext(mutant.Name, isCollectible: true);
        var seed = context.LoadFromStream(image).GetType(typeof(Seed).FullName!)!;
        return (seed.GetMethod(nameof(Seed.Try))!.CreateDelegate<Func<ulong, string?>>(), context);
    }

    private static CSharpCompilation Compile() => CSharpCompilation.Create(
        "Mutant",
        [.. SourceFile.All.Where(IsPartOfIt).Select(file => Parse(file.Path, file.Text)), Parse("Usings.cs", ImplicitUsings)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), path);

    // Shells and serializers use Akka; the messages name its types only.
    private static bool IsPartOfIt(SourceFile file)
    {
        if (file.Path.StartsWith("Signaling.Tests/Simulation/", StringComparison.Ordinal))
            return !file.Name.StartsWith("Mutant", StringComparison.Ordinal) && !file.Name.EndsWith("Tests.cs", StringComparison.Ordinal);

        return file.Room is { } room && Rooms.Contains(room) && !file.Path.Contains("/Wire/", StringComparison.Ordinal)
            && (string.Equals(room, "Messages", StringComparison.Ordinal) || !file.Imports.Any(import => import.StartsWith("Akka", StringComparison.Ordinal)));
    }

    private static IEnumerable<MetadataReference> References() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileName(path)
        where name.StartsWith("System.", StringComparison.Ordinal) || name is "Akka.dll" or "netstandard.dll" or "mscorlib.dll"
        select MetadataReference.CreateFromFile(path);

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;
}
