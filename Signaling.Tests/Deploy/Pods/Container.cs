using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>One run of a container: a process in the pod's network, with the mounts of the pod and a process space of its own.</summary>
internal sealed class Container : IAsyncDisposable
{
    /// <summary>The exit code of one that was ended by SIGKILL.</summary>
    public const int Killed = 128 + 9;

    private const int NoSuchProcess = 3;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _first;
    private volatile bool _killed;

    private Container(Process process, Action<string> onLine)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data, onLine);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, onLine);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = WaitAsync();
    }

    /// <summary>Its exit code.</summary>
    public Task<int> Exit => _exit.Task;

    /// <summary>Starts it.</summary>
    /// <param name="link">The network of its pod.</param>
    /// <param name="script">A file with the script that becomes its command.</param>
    /// <param name="onLine">Takes each line that it writes.</param>
    public static Container Start(PodLink link, string script, Action<string> onLine) => new(
        Process.Start(Redirected(
            "ip", "netns", "exec", link.Namespace, "unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "bash", script))!,
        onLine);

    /// <summary>Runs a command in it, as <c>kubectl exec</c> does, and returns its exit code and what it has written.</summary>
    public async Task<(int ExitCode, string Output)> ExecuteAsync(string[] command, CancellationToken end)
    {
        var first = await FirstProcessAsync();
        using var process = Process.Start(Redirected(
            "nsenter", ["--target", first.ToString(CultureInfo.InvariantCulture), "--mount", "--uts", "--pid", "--net", "--", .. command]))!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(end);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return (process.ExitCode, (await output + await error).Trim());
    }

    /// <summary>Signals its first process.</summary>
    public async Task SendAsync(Signal signal)
    {
        try
        {
            Signals.Send(await FirstProcessAsync(), signal);
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoSuchProcess)
        {
            // It has ended meanwhile.
        }
        catch (InvalidOperationException) when (_process.HasExited)
        {
            // Before it had one.
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<bool> EndedWithinAsync(TimeSpan time, CancellationToken end)
    {
        await Task.WhenAny(Exit, Task.Delay(time, end));
        return Exit.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true); // with its first process all others of its space end
        await Exit;
        _process.Dispose();
    }

    private static ProcessStartInfo Redirected(string program, params string[] arguments) => new(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    };

    // What unshare says where its child was ended by SIGKILL: it would end the same way, and can't.
    private void Take(string? line, Action<string> onLine)
    {
        if (line?.StartsWith("unshare: sigprocmask unblock failed", StringComparison.Ordinal) == true)
            _killed = true;
        else if (line is not null)
            onLine(line);
    }

    private async Task WaitAsync()
    {
        await _process.WaitForExitAsync();
        _exit.TrySetResult(_killed ? Killed : _process.ExitCode);
    }

    // The only child of the program that made its process space.
    private async Task<int> FirstProcessAsync()
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task/{_process.Id}/children");
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var start = Moment.Now; _first is null && !_process.HasExited && start.Ago < StartPatience; await again.WaitForNextTickAsync())
        {
            if (File.Exists(path) && int.TryParse((await File.ReadAllTextAsync(path)).Trim(), CultureInfo.InvariantCulture, out var child))
                _first = child;
        }

        return _first ?? throw new InvalidOperationException("The container has no process.");
    }
}
