using System.Text;
using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// What makes a container of a process: a file system of its own with what the pod's specification mounts, the user and the
/// rights that it names, process number 1. The system's programs are this machine's; the image's are in <c>/app</c>.
/// </summary>
internal sealed class ContainerScript(V1Container container, V1PodSpec pod, string hostname)
{
    // As in the image: its user, and its folder.
    private const long ImagesUser = 1654;
    private const string ProgramFolder = "/app";

    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];

    private V1SecurityContext? Own => container.SecurityContext;

    private long User => Own?.RunAsUser ?? pod.SecurityContext?.RunAsUser ?? ImagesUser;

    private long Group => Own?.RunAsGroup ?? pod.SecurityContext?.RunAsGroup ?? (User == ImagesUser ? ImagesUser : 0);

    /// <summary>What runs a command with the container's user, rights and variables, once in its file system.</summary>
    public string[] Command(IReadOnlyDictionary<string, string> variables, IEnumerable<string> command)
    {
        if ((Own?.RunAsNonRoot ?? pod.SecurityContext?.RunAsNonRoot) == true && User == 0)
            throw new InvalidOperationException("The container has runAsNonRoot, and its user is root.");
        string[] groups = pod.SecurityContext?.FsGroup is { } group ? ["--groups", $"{group}"] : ["--clear-groups"];
        string[] capabilities = Own?.Capabilities?.Drop?.Contains("ALL", StringComparer.Ordinal) == true
            ? ["--bounding-set=-all", "--inh-caps=-all"]
            : [];
        string[] privileges = Own?.AllowPrivilegeEscalation == false ? ["--no-new-privs"] : [];
        return
        [
            "setpriv", "--pdeathsig", "KILL", "--reuid", $"{User}", "--regid", $"{Group}", .. groups, .. capabilities, .. privileges, "--",
            "env", "-i", .. variables.Select(variable => $"{variable.Key}={variable.Value}"), .. command,
        ];
    }

    /// <summary>The script that sets the file system up and becomes the command.</summary>
    /// <param name="root">An empty folder.</param>
    /// <param name="program">What is in the image's folder.</param>
    /// <param name="mounts">What is mounted.</param>
    /// <param name="command">The command, with user, rights and variables.</param>
    public string Text(string root, string program, IEnumerable<BoundMount> mounts, IEnumerable<string> command)
    {
        var script = new StringBuilder();
        void Line(string line) => script.Append(line).Append('\n');

        Line("set -e");
        Line("mount --make-rprivate /");
        Line($"mount -t tmpfs -o mode=755 tmpfs {Quote(root)}");
        Line($"cd {Quote(root)}");
        Line("mkdir -p usr etc proc sys dev tmp app .node");
        Line("chmod 1777 tmp");
        Line("for link in bin lib lib64 sbin; do ln -s usr/$link $link; done");
        Line("ln -s /proc/self/fd dev/fd");
        Line("echo 'app:x:1654:1654::/home/app:/bin/false' > etc/passwd");
        Line(Bind("/usr", "/usr", isReadOnly: true));
        Line(Bind("/sys", "/sys", isReadOnly: true));
        Line(Bind(program, ProgramFolder, isReadOnly: true));
        foreach (var device in Devices)
            Line(Bind($"/dev/{device}", $"/dev/{device}", isReadOnly: false));
        foreach (var mount in mounts.OrderBy(mount => mount.Target.Length))
            Line(Bind(mount.Source, mount.Target, mount.IsReadOnly));
        Line("mount -t proc proc proc");
        Line($"hostname {Quote(hostname)}");
        if (Own?.ReadOnlyRootFilesystem == true)
            Line($"mount -o remount,ro {Quote(root)}");
        Line("pivot_root . .node");
        Line("umount -l /.node");
        Line($"cd {container.WorkingDir ?? ProgramFolder}");
        Line($"exec {string.Join(' ', command.Select(Quote))}");
        return script.ToString();
    }

    private static string Bind(string source, string target, bool isReadOnly)
    {
        var place = Quote(target.TrimStart('/'));
        var make = Directory.Exists(source) ? $"mkdir -p {place}" : $"mkdir -p \"$(dirname {place})\"; touch {place}";
        var remount = isReadOnly ? $"; mount -o remount,bind,ro {place}" : "";
        return $"{make}; mount --bind {Quote(source)} {place}{remount}";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
