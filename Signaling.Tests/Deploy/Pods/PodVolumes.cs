using System.Globalization;
using System.Text;
using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>A folder or a file that is mounted in a container.</summary>
internal sealed record BoundMount(string Source, string Target, bool IsReadOnly);

/// <summary>
/// The volumes of a pod, written as kubelet does: the files of a config map or a secret are links through <c>..data</c>, so
/// that all change at once, and belong to the pod's <c>fsGroup</c>.
/// </summary>
internal sealed class PodVolumes(string folder, V1PodSpec spec, EnvironmentSources sources)
{
    private const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode WriteByAll = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const int ReadableByAll = 0b110_100_100; // 0644

    private int _version;

    private long? Group => spec.SecurityContext?.FsGroup;

    /// <summary>Writes them, with what the config maps and secrets say now.</summary>
    public void Write()
    {
        _version++;
        foreach (var volume in spec.Volumes ?? [])
        {
            var path = PathOf(volume.Name);
            Directory.CreateDirectory(path);
            if (volume.EmptyDir is not null)
                Allow(path, ReadByAll | Enter | WriteByAll);
            else
                WriteFiles(path, FilesOf(volume));
        }

        if (Group is { } group)
            Tool.Run("chown", "-R", string.Create(CultureInfo.InvariantCulture, $"0:{group}"), Directory.CreateDirectory(Path.Combine(folder, "volumes")).FullName);
    }

    /// <summary>Where a container finds them.</summary>
    public IEnumerable<BoundMount> MountsOf(V1Container container) => (container.VolumeMounts ?? []).Select(mount =>
    {
        var volume = (spec.Volumes ?? []).FirstOrDefault(one => string.Equals(one.Name, mount.Name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The container {container.Name} mounts {mount.Name}, and the pod has no such volume.");
        var source = PathOf(mount.Name);
        if (mount.SubPath is not null)
            source = Path.Combine(source, volume.EmptyDir is null ? "..data" : "", mount.SubPath);
        return new BoundMount(source, mount.MountPath, mount.ReadOnlyProperty == true || volume.EmptyDir is null);
    });

    private string PathOf(string volume) => Path.Combine(folder, "volumes", volume);

    private List<(string Path, byte[] Data, int Mode)> FilesOf(V1Volume volume)
    {
        if (volume.ConfigMap is { } config)
            return [.. OfConfig(config.Name, config.Items, config.Optional, config.DefaultMode)];
        if (volume.Secret is { } secret)
            return [.. OfSecret(secret.SecretName, secret.Items, secret.Optional, secret.DefaultMode)];
        if (volume.Projected is { } projected)
        {
            return
            [
                .. projected.Sources.SelectMany(source => source switch
                {
                    { ConfigMap: { } one } => OfConfig(one.Name, one.Items, one.Optional, projected.DefaultMode),
                    { Secret: { } one } => OfSecret(one.Name, one.Items, one.Optional, projected.DefaultMode),
                    _ => throw new NotSupportedException($"These tests can't play all sources of the volume {volume.Name}."),
                }),
            ];
        }

        throw new NotSupportedException($"These tests can't play the volume {volume.Name}.");
    }

    private IEnumerable<(string Path, byte[] Data, int Mode)> OfConfig(string name, IList<V1KeyToPath>? items, bool? optional, int? mode)
    {
        if (!sources.Configs.TryGetValue(name, out var config))
            return optional == true ? [] : throw new InvalidOperationException($"The config map {name} is not there.");
        var data = (config.Data ?? new Dictionary<string, string>(StringComparer.Ordinal)).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value), StringComparer.Ordinal);
        foreach (var (key, bytes) in config.BinaryData ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
            data[key] = bytes;
        return Select(name, data, items, mode);
    }

    private IEnumerable<(string Path, byte[] Data, int Mode)> OfSecret(string name, IList<V1KeyToPath>? items, bool? optional, int? mode)
    {
        if (!sources.Secrets.TryGetValue(name, out var secret))
            return optional == true ? [] : throw new InvalidOperationException($"The secret {name} is not there.");
        return Select(name, secret.Data ?? new Dictionary<string, byte[]>(StringComparer.Ordinal), items, mode);
    }

    private static IEnumerable<(string Path, byte[] Data, int Mode)> Select(
        string name, IDictionary<string, byte[]> data, IList<V1KeyToPath>? items, int? mode) =>
        items is null
            ? data.Select(pair => (pair.Key, pair.Value, mode ?? ReadableByAll))
            : items.Select(item => (
                item.Path,
                data.TryGetValue(item.Key, out var bytes) ? bytes : throw new InvalidOperationException($"{name} has no key {item.Key}."),
                item.Mode ?? mode ?? ReadableByAll));

    private void WriteFiles(string path, List<(string Path, byte[] Data, int Mode)> files)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"..version{_version}");
        Directory.CreateDirectory(Path.Combine(path, version));
        foreach (var (name, data, mode) in files)
        {
            var file = Path.Combine(path, version, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, data);
            var modes = (UnixFileMode)mode;
            Allow(file, Group is null ? modes : modes | UnixFileMode.GroupRead);
        }

        Tool.Run("ln", "-sfn", version, Path.Combine(path, "..data"));
        foreach (var top in files.Select(file => file.Path.Split('/')[0]).Distinct(StringComparer.Ordinal))
        {
            var link = Path.Combine(path, top);
            if (!File.Exists(link) && !Directory.Exists(link))
                File.CreateSymbolicLink(link, Path.Combine("..data", top));
        }
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) // where no pod is played
            File.SetUnixFileMode(path, mode);
    }
}
