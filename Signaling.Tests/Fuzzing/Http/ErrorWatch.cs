using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>Notes what is logged at Error or above.</summary>
internal sealed class ErrorWatch : ILoggerProvider, ILogger
{
    // Kestrel's own mistake: a trailer behind a body that nobody reads has a name that is no text.
    private const string OfKestrel = "automatic draining of the request body failed because the body reader is in an invalid state";

    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Throws the first that was logged since the last look.</summary>
    public void Check()
    {
        if (!_errors.TryDequeue(out var error))
            return;

        _errors.Clear();
        throw new FuzzException($"It was logged: {error}");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && !formatter(state, exception).Contains(OfKestrel, StringComparison.Ordinal))
            _errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
