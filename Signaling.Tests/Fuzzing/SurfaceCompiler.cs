using Signaling.Tests.House;
using Signaling.Tests.Simulation;

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
        "Signaling.Tests/Gateway/WebSockets/ClientFrame.cs", "Signaling.Tests/Gateway/Tokens/Signed/TestSigner.cs", "Signaling.Tests/Gateway/ClusterPort/NodeCaller.cs",
        "Signaling.Tests/Gateway/Certificates/TestAuthority.cs", "Signaling.Tests/Fuzzing/FarEnd.cs", "Signaling.Tests/Fuzzing/MemoryEnd.cs",
        "Signaling.Tests/Fuzzing/FuzzException.cs", "Signaling.Tests/Fuzzing/FuzzInput.cs", "Signaling.Tests/Fuzzing/FuzzRun.cs", "Signaling.Tests/Fuzzing/FuzzShrinker.cs",
        "Signaling.Tests/Fuzzing/Mutator.cs", "Signaling.Tests/Fuzzing/Segments.cs", "Signaling.Tests/Fuzzing/Surface.cs",
    ];

    /// <summary>Compiles a surface.</summary>
    /// <param name="bug">The fault that is put in.</param>
    public static MutantAssembly Compile(PlantedBug bug) => MutantAssembly.Load(bug.Name, MutantAssembly.Of(
        Name,
        [
            .. SourceFile.All.Where(file => IsPartOf(bug, file.Path)).Select(file => MutantAssembly.Parse(file.Path, Patched(bug, file))),
            MutantAssembly.Parse("Usings.cs", Usings),
            MutantAssembly.Parse("Surfaces.cs", SurfacesOf(bug)),
        ],
        name => !string.Equals(name, Name + ".dll", StringComparison.Ordinal)));

    private static bool IsPartOf(PlantedBug bug, string path) =>
        Shared.Contains(path, StringComparer.Ordinal)
        || path.StartsWith($"Signaling.Tests/Fuzzing/{bug.Folder}/", StringComparison.Ordinal)
        || bug.Sources.Any(source => source.EndsWith('/') ? path.StartsWith(source, StringComparison.Ordinal) : string.Equals(path, source, StringComparison.Ordinal));

    private static string Patched(PlantedBug bug, SourceFile file) => bug.Patches
        .Where(patch => string.Equals(patch.File, file.Path, StringComparison.Ordinal))
        .Aggregate(file.Text, (text, patch) => patch.Apply(text));

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
