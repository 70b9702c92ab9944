using System.Globalization;

namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>The steps of a tried call as it goes on: a line for each that is done, with the time it took.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class TryCallSteps(TextWriter output, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private string? _lastWait;

    /// <summary>The step that goes on, or has failed.</summary>
    public string Current { get; private set; } = "";

    public async Task RunAsync(string step, Func<Task> action)
    {
        Current = step;
        var start = time.GetTimestamp();
        await action();
        await WriteAsync(step, start);
    }

    /// <summary>Says that a step is tried again, and why; a reason only once.</summary>
    public async Task WaitAsync(string reason)
    {
        if (string.Equals(reason, _lastWait, StringComparison.Ordinal))
            return;
        _lastWait = reason;
        await output.WriteLineAsync($"{Current}: {reason}; trying again");
    }

    public Task EndAsync(string sentence) => WriteAsync(sentence, _start);

    private Task WriteAsync(string line, long since) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{line}, {time.GetElapsedTime(since).TotalMilliseconds:0} ms"));
}
