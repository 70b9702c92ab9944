using System.Diagnostics;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The real <c>helm</c>: that of <c>./test</c>, or the one that <c>SIGNALING_HELM</c> names.</summary>
internal static class Helm
{
    /// <summary>The release that tests render.</summary>
    public const string Release = "talk";

    /// <summary>The namespace that they render it into.</summary>
    public const string Namespace = "calls";

    private static readonly string Program = Find();

    /// <summary>Renders the chart.</summary>
    public static Task<HelmRun> TemplateAsync(params IEnumerable<string> arguments) =>
        RunAsync(["template", Release, ChartFolder.Path, "--namespace", Namespace, .. arguments]);

    /// <summary>Runs it to its end.</summary>
    public static async Task<HelmRun> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HELM_NO_PLUGINS"] = "1";
        // No test may reach a cluster that happens to be configured on this machine.
        start.Environment["KUBECONFIG"] = Path.Combine(AppContext.BaseDirectory, "no-cluster");

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HelmRun(process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        var own = Path.Combine(SourceFile.Root, "artifacts", "tools", "helm");
        return Environment.GetEnvironmentVariable("SIGNALING_HELM") is { Length: > 0 } named ? named
            : File.Exists(own) ? own
            : throw new InvalidOperationException($"There is no helm at {own}. `./test` puts it there; or set SIGNALING_HELM to one of version 4.");
    }
}

/// <summary>What a run of helm has left.</summary>
internal sealed record HelmRun(int ExitCode, string Output, string Error)
{
    /// <summary>What it has written, if it has done what it was asked to.</summary>
    public string Succeeded => ExitCode == 0 ? Output : throw new InvalidOperationException($"helm has failed:\n{Error}\n{Output}");
}
