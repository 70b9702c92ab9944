namespace Signaling.Tests.Deploy.Image;

/// <summary>
/// Debian's buildah with a store of its own: it builds images without an engine, and its containers are plain folders. Needs
/// root.
/// </summary>
internal sealed class Buildah : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signaling-image-").FullName;

    /// <summary>Runs one of its commands and returns what it has written.</summary>
    public Task<string> RunAsync(params string[] command) => RunAsync(TimeSpan.FromMinutes(1), command);

    /// <summary>The same for one that may take longer.</summary>
    public Task<string> RunAsync(TimeSpan patience, params string[] command) => Tool.RunAsync(
        patience, "buildah", ["--storage-driver", "vfs", "--root", Path.Combine(_folder, "store"), "--runroot", Path.Combine(_folder, "run"), .. command]);

    /// <summary>Makes an image of a folder's content.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fill">Fills the folder.</param>
    /// <param name="settings">Options of <c>buildah config</c>.</param>
    /// <returns>How <c>FROM</c> names it.</returns>
    public async Task<string> MakeAsync(string name, Action<string> fill, params string[] settings)
    {
        var container = await RunAsync("from", "scratch");
        fill(await RunAsync("mount", container));
        await RunAsync(["config", .. settings, container]);
        await RunAsync("commit", "--quiet", "--rm", "--format", "docker", container, $"localhost/{name}");
        return $"localhost/{name}";
    }

    /// <summary>The folder with all that an image holds, as a container would see it.</summary>
    public async Task<string> UnpackAsync(string image) => await RunAsync("mount", await RunAsync("from", "--pull-never", image));

    public async ValueTask DisposeAsync()
    {
        // What a build had mounted in there is this machine's, and must not be deleted with it.
        var mounts = await File.ReadAllLinesAsync("/proc/self/mountinfo");
        if (!mounts.Any(mount => mount.Contains(_folder, StringComparison.Ordinal)))
            await Tool.RunAsync(TimeSpan.FromMinutes(1), "rm", "-rf", _folder);
    }
}
