using System.Diagnostics;
using System.Threading.Channels;

namespace Signaling.Tests.Gateway;

/// <summary>The program as users run it: a process of its own in a folder of its choice.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task<string> _error;

    private GatewayProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _output.Writer.Complete();
            else if (onLine is not null)
                onLine(line.Data);
            else
                _output.Writer.TryWrite(line.Data);
        };
        _process.BeginOutputReadLine();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program of this build.</summary>
    public static string CurrentProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Signaling.Gateway.dll");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static GatewayProcess Start(string folder, string[] args, params (string Name, string Value)[] environment) =>
        StartProgram(CurrentProgram, folder, args, environment);

    /// <summary>Starts another build of the program.</summary>
    /// <param name="program">Its <c>Signaling.Gateway.dll</c>.</param>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="environment">Its environment's variables.</param>
    public static GatewayProcess StartProgram(
        string program, string folder, string[] args, params (string Name, string Value)[] environment) =>
        Start(folder, ["dotnet", program, .. args], onLine: null, environment);

    /// <summary>Starts it by another program, such as <c>ip netns exec NAME</c>.</summary>
    /// <param name="folder">Where it starts.</param>
    /// <param name="args">What it is told.</param>
    /// <param name="before">The other program and its arguments; none.</param>
    /// <param name="onLine">Takes each line of its output, which then can't be waited for.</param>
    /// <param name="environment">Its environment's variables.</param>
    public static GatewayProcess Start(
        string folder, string[] args, string[] before, Action<string>? onLine, params (string Name, string Value)[] environment) =>
        Start(folder, [.. before, "dotnet", CurrentProgram, .. args], onLine, environment);

    private static GatewayProcess Start(
        string folder, string[] command, Action<string>? onLine, (string Name, string Value)[] environment)
    {
        // A shell that runs the tests in the background has them, and whom they start, ignore SIGINT.
        if (OperatingSystem.IsLinux())
            command = ["env", "--default-signal=INT", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("PORT");
        start.Environment.Remove("port");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new GatewayProcess(Process.Start(start)!, onLine);
    }

    /// <summary>Waits for a line of the output that has a text in it.</summary>
    public async Task<string> WaitForLineAsync(string text) => (await ReadUntilAsync(text))[^1];

    /// <summary>Returns the lines of the output that were not yet read, up to one that has a text in it.</summary>
    public async Task<IReadOnlyList<string>> ReadUntilAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var lines = new List<string>();
        try
        {
            await foreach (var line in _output.Reader.ReadAllAsync(timeout.Token))
            {
                lines.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    return lines;
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The process has not written \"{text}\" within {Patience}, but:\n{string.Join('\n', lines)}", e);
        }

        throw new InvalidOperationException($"The process ended without \"{text}\": {await _error}");
    }

    /// <summary>Sends it a signal, such as TERM.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end and returns all that was not yet read.</summary>
    public async Task<(int ExitCode, string Output, string Error)> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        var lines = new List<string>();
        await foreach (var line in _output.Reader.ReadAllAsync(timeout.Token))
            lines.Add(line);
        return (_process.ExitCode, string.Join('\n', lines), (await _error).Trim());
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> WaitForExitCodeAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
