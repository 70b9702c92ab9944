using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Signaling.Tests.Simulation;

/// <summary>What was compiled with a fault put in. It is unloaded when it is disposed of.</summary>
internal sealed class MutantAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context;
    private readonly Assembly _assembly;

    private MutantAssembly(AssemblyLoadContext context, Stream image) => (_context, _assembly) = (context, context.LoadFromStream(image));

    /// <summary>A source.</summary>
    public static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None), path);

    /// <summary>Puts sources together.</summary>
    /// <param name="name">What the assembly is called.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="isReferenced">Whether an assembly of the tests, by its file's name, is one that it knows.</param>
    public static CSharpCompilation Of(string name, IEnumerable<SyntaxTree> sources, Func<string, bool> isReferenced) => CSharpCompilation.Create(
        name,
        sources,
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => isReferenced(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Compiles and loads it.</summary>
    /// <param name="fault">What the fault is called.</param>
    /// <param name="compilation">The sources, the fault put in.</param>
    public static MutantAssembly Load(string fault, CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"'{fault}' does not compile: {string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20))}");

        image.Position = 0;
        return new MutantAssembly(new AssemblyLoadContext(fault, isCollectible: true), image);
    }

    /// <summary>A static method of it.</summary>
    /// <typeparam name="T">What it is called as.</typeparam>
    /// <param name="type">The type that it has of its own.</param>
    /// <param name="name">The method.</param>
    public T Method<T>(Type type, string name)
        where T : Delegate
    {
        Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        return _assembly.GetType(type.FullName!)!.GetMethod(name, BindingFlags.Public | BindingFlags.Static, parameters)!.CreateDelegate<T>();
    }

    public void Dispose() => _context.Unload();
}
