using System.Diagnostics;
using Signaling.Actors.Messages.Wire;
using Signaling.Tests.Cluster.Neighbour;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>
/// A build of the program whose contract between nodes is one version ahead: frames have one more field, which it writes
/// and reads, and there is one more kind of message, which it sends. Made of a copy of the sources.
/// </summary>
public sealed class NeighbouringBuild : IAsyncLifetime
{
    private const string Wire = "Signaling.Actors/Messages/Wire";
    private const string Added = "Signaling.Tests/Cluster/Neighbour";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Type = typeof(Greeting).FullName!;

    // Each added text goes before one that is there once.
    private static readonly (string File, string Before, string Added)[] Additions =
    [
        ($"{Wire}/signaling.proto", "message LinkFrame {\n", "message Greeting {\n  sfixed32 from = 1;\n}\n\n"),
        ($"{Wire}/signaling.proto", "  bytes data = ", "  int32 version = 1000;\n"),
        ($"{Wire}/FrequentLetterWire.cs", "        to.Int(WireTags.FrameMore,", "        to.Int(1000 << 3, ContractVersion.Current);\n"),
        ($"{Wire}/FrequentLetterWire.cs", "                case WireTags.FrameNumber:", "                case 1000 << 3:\n                    version = (int)reader.Int();\n                    break;\n"),
        ($"{Wire}/FrequentLetterWire.cs", "        return new Messages.LinkFrame(", $"        {typeof(Greeter).FullName}.SeeVersion(version);\n"),
        ($"{Wire}/FrequentLetterWire.cs", "        var (part, number, data", "        var version = 0;\n"),
        ($"{Wire}/ClusterSerializer.cs", "        Messages.Join => JoinManifest,", $"        {Type} => \"gr\",\n"),
        ($"{Wire}/ClusterSerializer.cs", "        Messages.Join m => new Join", $"        {Type} m => new Greeting {{ From = m.From }}.ToByteArray(),\n"),
        ($"{Wire}/ClusterSerializer.cs", "                JoinManifest => Read(", $"                \"gr\" => new {Type}(Greeting.Parser.ParseFrom(bytes).From),\n"),
        ("hocon/base.conf", "# Akka settings of every profile.", $"akka.extensions = [\"{typeof(GreeterExtension).FullName}, Signaling.Actors\"]\n"),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Its version of the contract.</summary>
    public static int Version => ContractVersion.Current + 1;

    /// <summary>Its <c>Signaling.Gateway.dll</c>.</summary>
    public string Program => Path.Combine(_folder.Path, "bin", "Signaling.Gateway.dll");

    public async Task InitializeAsync()
    {
        try
        {
            CopySources();
            foreach (var (file, before, added) in Additions)
                Replace(file, before, added + before);
            Replace($"{Wire}/ContractVersion.cs", $"Current = {ContractVersion.Current};", $"Current = {Version};");
            await BuildAsync();
        }
        catch
        {
            _folder.Dispose(); // nobody else does where this fails
            throw;
        }
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private void CopySources()
    {
        foreach (var folder in (string[])["Signaling.Actors", "Signaling.Client", "Signaling.Gateway", "hocon"])
            CopyFolder(folder, folder);
        CopyFolder(Added, "Signaling.Actors/Neighbour");
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "global.json"])
            _folder.Write(file, SourceFile.Read(file));
    }

    private void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceFile.Root, from), "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Path.Combine(SourceFile.Root, from), file);
            if (path.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;

            var copy = Path.Combine(_folder.Path, to, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void Replace(string file, string old, string text)
    {
        var parts = File.ReadAllText(Path.Combine(_folder.Path, file)).Split(old);
        if (parts.Length != 2)
            throw new InvalidOperationException($"{file} has \"{old}\" {parts.Length - 1} times instead of once: name another place in {nameof(NeighbouringBuild)}.");
        _folder.Write(file, string.Join(text, parts));
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            // Only the program is wanted, and no process that outlives the build.
            ArgumentList =
            {
                "build", "Signaling.Gateway", "-c", "Release", "-o", "bin", "-v", "quiet", "-nologo", "-nodeReuse:false",
                "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false", "-p:NuGetAudit=false",
            },
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name); // of the build that runs this test

        using var build = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = await build.StandardOutput.ReadToEndAsync(patience.Token);
        await build.WaitForExitAsync(patience.Token);
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"The neighbouring build has failed:\n{output}");
    }
}
