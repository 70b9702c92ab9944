using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Signaling.Tests.Deploy.Image;

/// <summary>
/// An image that runs as an engine would run it: its entry point is process 1 of namespaces of its own, as the image's user,
/// without capabilities, on a root that can't be written, and nothing beside it that can.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // An engine's part: what is mounted, and then process 1, which keeps no right of root's.
    private const string Script = """
        root=$1; configuration=$2; directory=$3; user=$4; shift 4
        mount --bind "$root" "$root" && mount -t proc proc "$root/proc" &&
        for device in null zero full random urandom; do mount --bind "/dev/$device" "$root/dev/$device" || exit; done &&
        if [ -n "$configuration" ]; then mount --bind "$configuration" "$root/etc/signaling" && mount -o remount,bind,ro "$root/etc/signaling"; fi &&
        mount -o remount,bind,ro "$root" &&
        exec setpriv --no-new-privs unshare --root "$root" --wd "$directory" --setgid "$user" --setuid "$user" -- "$@"
        """;

    private readonly ImageConfig _image;
    private readonly ContainerNetwork _network;
    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task<string> _error;

    private Container(ImageConfig image, ContainerNetwork network, Process process)
    {
        (_image, _network, _process) = (image, network, process);
        _process.OutputDataReceived += (_, line) => _ = line.Data is { } text ? _output.Writer.TryWrite(text) : _output.Writer.TryComplete();
        _process.BeginOutputReadLine();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it serves peers without TLS.</summary>
    public Uri Http => new($"http://{_network.Host}:8080");

    public Uri WebSocket => new($"ws://{_network.Host}:8080");

    /// <summary>Its process 1, by the number that it has on this machine.</summary>
    public int Id => Children(_process.Id).Single();

    /// <param name="image">What the image says of itself.</param>
    /// <param name="root">All its files.</param>
    /// <param name="configuration">A folder that is mounted over /etc/signaling; null: none.</param>
    /// <param name="environment">Variables beside those of the image.</param>
    public static async Task<Container> StartAsync(
        ImageConfig image, string root, string? configuration = null, params (string Name, string Value)[] environment)
    {
        var network = await ContainerNetwork.MakeAsync();
        string[] command =
        [
            .. network.Before, "unshare", "--mount", "--pid", "--fork", "sh", "-c", Script, "container",
            root, configuration ?? "", image.WorkingDirectory, image.User, .. image.Entrypoint, .. image.Command,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in image.Environment.Select(variable => (variable.Key, variable.Value)).Concat(environment))
            start.Environment[name] = value;
        return new Container(image, network, Process.Start(start)!);
    }

    /// <summary>Waits for a line of its output that has a text in it.</summary>
    public async Task WaitForLineAsync(string text)
    {
        using var late = new CancellationTokenSource(Patience);
        var lines = new List<string>();
        await foreach (var line in _output.Reader.ReadAllAsync(late.Token))
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"The container has ended without \"{text}\":\n{string.Join('\n', lines)}\n{await _error}");
    }

    /// <summary>Runs a command in it, as an engine's health check does.</summary>
    public Task<(int ExitCode, string Output, string Error)> ExecuteAsync(params IEnumerable<string> command) => Tool.TryAsync(
        Patience,
        "env",
        [
            "-i", .. _image.Environment.Select(variable => $"{variable.Key}={variable.Value}"),
            "nsenter", "--target", $"{Id}", "--mount", "--pid", "--net", "--root", $"--wdns={_image.WorkingDirectory}",
            "--setgid", _image.User, "--setuid", _image.User, "--", .. command,
        ]);

    /// <summary>A line of what the kernel says of its process 1.</summary>
    public async Task<string> StatusAsync(string name)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{Id}/status");
        return lines.Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal)).Split(':')[1].Trim();
    }

    /// <summary>Sends process 1 the signal that the image wants to be stopped by.</summary>
    public Task StopAsync() => Tool.RunAsync(Patience, "kill", "-s", _image.StopSignal, $"{Id}");

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Error)> WaitForExitAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
        return (_process.ExitCode, (await _error).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        // Process 1 itself: who has changed its user does not end with its parent. All others of its namespace end with it.
        foreach (var id in _process.HasExited ? [] : Children(_process.Id).ToArray())
            await Tool.TryAsync(Patience, "kill", "-s", "KILL", $"{id}");
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _network.DisposeAsync();
    }

    private static IEnumerable<int> Children(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
}
