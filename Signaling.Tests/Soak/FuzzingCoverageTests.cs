using System.Diagnostics;
using System.Reflection;
using Signaling.Tests.Faults;
using Signaling.Tests.Fuzzing;
using Signaling.Tests.House;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>
/// How much of each surface's own code the inputs of every run reach. They run once more for it, in a process and a copy of their own,
/// in which coverlet counts the branches.
/// </summary>
[Collection(SoakCollection.Name)]
public sealed class FuzzingCoverageTests(ITestOutputHelper output)
{
    private const double Least = 0.95;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task The_fuzzing_reaches_nearly_every_branch()
    {
        var folder = Path.Combine(SourceFile.Root, "artifacts", "coverage");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Copy(AppContext.BaseDirectory, Path.Combine(folder, "bin"));
        await RunAsync(folder);
        var report = Directory.EnumerateFiles(folder, "coverage.cobertura.xml", SearchOption.AllDirectories).Single();

        var all = OwnSources.BySurface.Select(surface => (Surface: surface.Key, Branches: Branches.Read(report, surface.Value, OwnSources.LeftOut))).ToArray();
        foreach (var (surface, branches) in all)
        {
            output.Say("soak-fuzzing-branches", ("surface", surface), ("covered", branches.Covered), ("total", branches.Total), ("percent", Math.Round(100 * branches.Share, 1)));
            output.WriteLine(string.Join('\n', branches.Missed));
        }

        Assert.All(all, one => Assert.True(one.Branches.Share >= Least, $"{one.Surface}:\n{string.Join('\n', one.Branches.Missed)}"));
    }

    private static async Task RunAsync(string folder)
    {
        var settings = Path.Combine(folder, "coverage.runsettings");
        await File.WriteAllTextAsync(settings, """
            <RunSettings><DataCollectionRunSettings><DataCollectors><DataCollector friendlyName="XPlat code coverage"><Configuration>
            <Format>cobertura</Format><Include>[Signaling.Actors]*,[Signaling.Gateway]*</Include>
            </Configuration></DataCollector></DataCollectors></DataCollectionRunSettings></RunSettings>
            """);
        var coverlet = typeof(FuzzingCoverageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => string.Equals(one.Key, "Coverlet", StringComparison.Ordinal)).Value!;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.Ordinal) ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList =
            {
                "test", Path.Combine(folder, "bin", "Signaling.Tests.dll"), "--test-adapter-path", coverlet, "--collect", "XPlat Code Coverage", "--settings", settings,
                "--results-directory", folder, "--filter", $"FullyQualifiedName~{typeof(FuzzingTests).FullName}",
            },
        };
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Patience);
        var said = await process.StandardOutput.ReadToEndAsync(late.Token);
        await process.WaitForExitAsync(late.Token);
        Assert.True(process.ExitCode == 0, said);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
