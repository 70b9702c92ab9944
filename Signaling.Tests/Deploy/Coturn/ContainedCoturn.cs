using System.Collections.Concurrent;
using System.Diagnostics;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>
/// coturn as a container runs it: by the same command, with the same files, which lie in a folder in place of the container's root. Only it
/// listens on loopback alone, and lets peers of this machine be reached.
/// </summary>
internal sealed class ContainedCoturn : IAsyncDisposable
{
    private const string Database = "/var/lib/coturn";

    private readonly TemporaryFolder _root = new();
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    /// <summary>Puts a file where the container has it.</summary>
    /// <returns>Where it is on this machine.</returns>
    public string Write(string path, string text) => _root.Write(
        path.TrimStart('/'),
        text.Replace(Database, _root.Path + Database, StringComparison.Ordinal).Replace("denied-peer-ip=127.", "# 127.", StringComparison.Ordinal));

    /// <summary>Runs the container's command, and waits until it listens.</summary>
    public async Task StartAsync(int port, params IReadOnlyList<string> command)
    {
        Directory.CreateDirectory(_root.Path + Database);
        var arguments = command.Skip(1).Select(argument => argument.StartsWith('/') ? _root.Path + argument : argument);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], [.. arguments, "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await TurnClient.WaitForAsync(port);
    }

    /// <summary>Nothing that runs was started with a text on its command line.</summary>
    public void ShowsNowhere(string text)
    {
        var line = File.ReadAllText($"/proc/{_process!.Id}/cmdline");
        Assert.StartsWith("turnserver\0", line, StringComparison.Ordinal);
        Assert.DoesNotContain(text, line, StringComparison.Ordinal);
        Assert.DoesNotContain(_log, one => one.Contains(text, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _root.Dispose();
    }
}
