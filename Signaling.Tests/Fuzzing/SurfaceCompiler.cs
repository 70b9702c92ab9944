using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Signaling.Tests.House;

namespace Signaling.Tests.Fuzzing;

/// <summary>
/// Compiles a surface, its fuzzing and the sources that it is about, with a fault put in, into an assembly of its own. What is not
/// among these sources is the product's own: the assembly is called as that of the tests, whose friends its projects are.
/// </summary>
internal static class SurfaceCompiler
{
    private const string Name = "Signaling.Tests";

    private static readonly string[] Shared =
    [
        "Signaling.Tests/Simulation/Chance.cs", "Signaling.Tests/Actors/MessageText.cs", "Signaling.Tests/Actors/Messages/Samples.cs",
        "Signaling.Tests/Gateway/WebSockets/ClientFrame.cs",
        "Signaling.Tests/Fuzzing/FuzzException.cs", "Signaling.Tests/Fuzzing/FuzzInput.cs", "Signaling.Tests/Fuzzing/FuzzRun.cs", "Signaling.Tests/Fuzzing/FuzzShrinker.cs",
        "Signaling.Tests/Fuzzing/Mutator.cs", "Signaling.Tests/Fuzzing/Segments.cs", "Signaling.Tests/Fuzzing/Surface.cs",
    ];

    /// <summary>Compiles a surface.</summary>
    /// <param name="bug">The fault that is put in.</param>
    /// <returns>What runs some seeds and says what went wrong first, and how to unload it.</returns>
    public static (Func<string, ulong, ulong, Task<string?>> TryAsync, AssemblyLoadContext Context) Compile(PlantedBug bug)
    {
        var trees = SourceFile.All
            .Where(file => IsPartOf(bug, file.Path))
            .Select(file => Parse(file.Path, Patched(bug, file)));
        var compilation = CSharpCompilation.Create(
            Name,
            [.. trees, Parse("Usings.cs", Usings), Parse("Surfaces.cs", SurfacesOf(bug))],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"'{bug}' does not compile: {string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20))}");

        image.Position = 0;
        var context = new AssemblyLoadContext(bug.Name, isCollectible: true);
        var run = context.LoadFromStream(image).GetType(typeof(FuzzRun).FullName!)!
            .GetMethod(nameof(FuzzRun.TryAsync), BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(ulong), typeof(ulong)])!;
        return (run.CreateDelegate<Func<string, ulong, ulong, Task<string?>>>(), context);
    }

    private static bool IsPartOf(PlantedBug bug, string path) =>
        Shared.Contains(path, StringComparer.Ordinal)
        || path.StartsWith($"Signaling.Tests/Fuzzing/{bug.Folder}/", StringComparison.Ordinal)
        || bug.Sources.Any(source => source.EndsWith('/') ? path.StartsWith(source, StringComparison.Ordinal) : string.Equals(path, source, StringComparison.Ordinal));

    private static string Patched(PlantedBug bug, SourceFile file) => bug.Patches
        .Where(patch => string.Equals(patch.File, file.Path, StringComparison.Ordinal))
        .Aggregate(file.Text, (text, patch) => patch.Apply(text));

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), path);

    private static IEnumerable<MetadataReference> References() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where !string.Equals(Path.GetFileName(path), Name + ".dll", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);

    private static string SurfacesOf(PlantedBug bug) => $$"""
        namespace Signaling.Tests.Fuzzing;
        internal static class Surfaces
        {
            public static Surface Make(string name) => new {{bug.Surface.FullName}}();
        }
        """;

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;
}
