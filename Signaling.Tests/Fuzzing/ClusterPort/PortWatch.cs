using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Signaling.Gateway.ClusterPort;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>Hears what is logged about the port: of each address there is one line for each reason to refuse it, and nothing at Error.</summary>
internal sealed class PortWatch : ILoggerFactory, ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Regex Refused = new(@"\ARefused (?<address>[0-9.]+):", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static readonly (Refusal Reason, string Said)[] Reasons =
    [
        (Refusal.Crowd, "too many are at the door"), (Refusal.Tls, "it does not speak TLS"), (Refusal.Tls, "the TLS handshake has failed"), (Refusal.Certificate, "its certificate "),
        (Refusal.Garbage, "what no node says"), (Refusal.Name, "clusterName"), (Refusal.Version, "its contract version is "), (Refusal.Settings, "; stop all nodes"), (Refusal.Slow, " within "),
    ];

    private readonly ConcurrentDictionary<(string Address, Refusal Reason), TaskCompletionSource> _told = new();
    private readonly ConcurrentQueue<string> _wrong = new();

    /// <summary>Completes when the log has told that an address was refused for a reason, now or before.</summary>
    public Task ToldAsync(string address, Refusal reason) => Told(address, reason).Task.WaitAsync(Patience);

    /// <summary>Throws where the log has had what it must not.</summary>
    public void Check()
    {
        if (_wrong.TryDequeue(out var line))
            throw new FuzzException($"It was logged: {line}");
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel > LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (logLevel >= LogLevel.Error)
            _wrong.Enqueue($"{line} {exception}");
        if (Refused.Match(line) is not { Success: true } match)
            return;

        var reasons = Reasons.Where(one => line.Contains(one.Said, StringComparison.Ordinal)).Select(one => one.Reason).Distinct().ToArray();
        if (reasons is not [var reason] || !Told(match.Groups["address"].Value, reason).TrySetResult())
            _wrong.Enqueue($"{match.Value} once more, or for no reason: {string.Join(", ", reasons)}");
    }

    public void Dispose()
    {
    }

    private TaskCompletionSource Told(string address, Refusal reason) =>
        _told.GetOrAdd((address, reason), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
