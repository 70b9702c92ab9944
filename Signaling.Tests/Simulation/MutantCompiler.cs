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
    public static MutantAssembly Compile(Mutant mutant)
    {
        var compilation = Whole.Value;
        foreach (var patch in mutant.Patches)
        {
            var tree = compilation.SyntaxTrees.Single(tree => string.Equals(tree.FilePath, "Signaling.Actors/" + patch.File, StringComparison.Ordinal));
            compilation = compilation.ReplaceSyntaxTree(tree, MutantAssembly.Parse(tree.FilePath, patch.Apply(tree.ToString())));
        }

        return MutantAssembly.Load(mutant.Name, compilation);
    }

    private static CSharpCompilation Compile() => MutantAssembly.Of(
        "Mutant",
        [.. SourceFile.All.Where(IsPartOfIt).Select(file => MutantAssembly.Parse(file.Path, file.Text)), MutantAssembly.Parse("Usings.cs", ImplicitUsings)],
        name => name.StartsWith("System.", StringComparison.Ordinal) || name is "Akka.dll" or "netstandard.dll" or "mscorlib.dll");

    // Shells and serializers use Akka; the messages name its types only.
    private static bool IsPartOfIt(SourceFile file)
    {
        if (file.Path.StartsWith("Signaling.Tests/Simulation/", StringComparison.Ordinal))
            return !file.Name.StartsWith("Mutant", StringComparison.Ordinal) && !file.Name.EndsWith("Tests.cs", StringComparison.Ordinal);

        return file.Room is { } room && Rooms.Contains(room) && !file.Path.Contains("/Wire/", StringComparison.Ordinal)
            && (string.Equals(room, "Messages", StringComparison.Ordinal) || !file.Imports.Any(import => import.StartsWith("Akka", StringComparison.Ordinal)));
    }

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;
}
