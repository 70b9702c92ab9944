using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Deploy.Image;

/// <summary>
/// Images that take the place of Microsoft's, made of this machine's own files, where no registry is reached. The runtime's
/// has what a chiseled one has for a program: the loader, a few libraries, .NET, a user; and no more.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class StandIns
{
    /// <summary>Whom a chiseled image runs programs as.</summary>
    public const int User = 1654;

    // .NET finds them when it needs them.
    private static readonly string[] FoundLater = ["libssl.so.3", "libcrypto.so.3"];

    private static readonly string DotNet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>This machine's processor, as images name it.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    /// <summary>What a build's commands need of this machine: it takes the place of all that the SDK's image holds.</summary>
    public static IEnumerable<string> BuildMounts
    {
        get
        {
            yield return "/usr:/usr:ro";
            yield return "/etc:/etc:ro";
            if (!DotNet.StartsWith("/usr/", StringComparison.Ordinal))
                yield return $"{DotNet}:{DotNet}:ro";
            yield return $"{Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget")}:/root/.nuget";
        }
    }

    /// <summary>An image with nothing but the folders that the machine's are mounted on.</summary>
    public static Task<string> SdkAsync(Buildah buildah) => buildah.MakeAsync(
        "sdk",
        root =>
        {
            foreach (var folder in (string[])["usr", "etc", "root", "proc", "sys", "dev", "run", "var"])
                Directory.CreateDirectory(Path.Combine(root, folder));
            Directory.CreateDirectory(Path.Combine(root, "tmp"), (UnixFileMode)0b1_111_111_111);
            foreach (var link in (string[])["bin", "sbin", "lib", "lib64"])
                File.CreateSymbolicLink(Path.Combine(root, link), $"usr/{link}");
        },
        "--env", $"PATH={DotNet}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--env", "HOME=/root",
        "--env", "DOTNET_NOLOGO=1", "--env", "DOTNET_CLI_TELEMETRY_OPTOUT=1", "--env", "DOTNET_GENERATE_ASPNET_CERTIFICATE=false");

    /// <summary>What runs programs on this machine's processor.</summary>
    public static async Task<string> RuntimeAsync(Buildah buildah)
    {
        var libraries = await LibrariesAsync();
        return await buildah.MakeAsync(
            "runtime",
            root =>
            {
                foreach (var folder in (string[])["etc", "home/app", "tmp", "proc", "dev"])
                    Directory.CreateDirectory(Path.Combine(root, folder));
                File.WriteAllText(Path.Combine(root, "etc/passwd"), $"app:x:{User}:{User}::/home/app:/bin/false\n");
                foreach (var device in (string[])["null", "zero", "full", "random", "urandom"])
                    File.WriteAllText(Path.Combine(root, "dev", device), ""); // for the machine's to be mounted on, where an engine makes its own
                foreach (var library in libraries)
                    Copy(library, root);
                foreach (var file in (string[])["dotnet", .. FilesIn("host"), .. FilesIn("shared")])
                    Copy(Path.Combine(DotNet, file), root, "/usr/share/dotnet/" + file);
            },
            "--user", $"{User}", "--env", $"APP_UID={User}", "--env", "ASPNETCORE_HTTP_PORTS=8080", "--env", "DOTNET_RUNNING_IN_CONTAINER=true");
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(DotNet, folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(DotNet, file));

    private static void Copy(string file, string root, string? to = null)
    {
        var copy = root + (to ?? file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy, overwrite: true);
    }

    private static async Task<IReadOnlyCollection<string>> LibrariesAsync()
    {
        var known = await Tool.RunAsync(TimeSpan.FromSeconds(10), "/sbin/ldconfig", "-p");
        string[] later = [.. FoundLater.Select(name => Regex.Match(known, $@"\b{Regex.Escape(name)} .*=> (\S+)").Groups[1].Value)];
        string[] programs = [Path.Combine(DotNet, "dotnet"), .. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.so"), .. later];
        var needed = await Tool.RunAsync(TimeSpan.FromSeconds(10), "ldd", programs);
        return [.. LibraryPath().Matches(needed).Select(match => match.Groups["path"].Value).Where(path => !path.StartsWith(DotNet, StringComparison.Ordinal)).Concat(later).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^\s+(\S+ => )?(?<path>/\S+) \(0x", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LibraryPath();
}
