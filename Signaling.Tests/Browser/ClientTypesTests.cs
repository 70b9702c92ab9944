using System.Diagnostics;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The types of the JavaScript client, by the TypeScript compiler, which runs in the node.js that Playwright brings along.</summary>
public sealed class ClientTypesTests
{
    private const string Options = """
        {
          "compilerOptions": {
            "strict": true, "noEmit": true, "allowJs": true, "types": [],
            "target": "es2024", "module": "es2022", "moduleResolution": "bundler", "lib": ["es2024", "dom", "dom.iterable"]
          },
          "files": ["use.ts", "same.ts"]
        }
        """;

    private static readonly string Client = Path.Combine(AppContext.BaseDirectory, "wwwroot");
    private static readonly string Uses = Path.Combine(SourceFile.Root, "Signaling.Tests", "Browser", "Types");
    private static readonly string Compiler = Path.Combine(SourceFile.Root, "artifacts", "tools", "typescript", "lib", "tsc.js");

    [Fact]
    public async Task The_types_can_be_used_and_are_those_of_the_code()
    {
        Assert.True(File.Exists(Compiler), $"There is no TypeScript at {Compiler}. `./test` puts it there.");
        using var folder = new TemporaryFolder();
        folder.Write("tsconfig.json", Options);
        Copy(Path.Combine(Client, "signaling-client.d.ts"), folder.Path);
        foreach (var use in Directory.EnumerateFiles(Uses))
            Copy(use, folder.Path);
        foreach (var code in Directory.EnumerateFiles(Client, "signaling-*.js"))
            Copy(code, Directory.CreateDirectory(Path.Combine(folder.Path, "code")).FullName);

        var start = new ProcessStartInfo(Node(), [Compiler, "-p", folder.Path]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("", output);
        Assert.Equal(0, process.ExitCode);
    }

    private static void Copy(string file, string folder) => File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

    private static string Node() => Directory.EnumerateFiles(
        Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), OperatingSystem.IsWindows() ? "node.exe" : "node", SearchOption.AllDirectories).First();
}
