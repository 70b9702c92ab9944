using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Gateway;

/// <summary>Keeps all that is logged, whatever its level: a line each, with level, category and event id.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        // It holds nothing but lines, which are still read.
    }

    private sealed class Category(LogLines log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log._lines.Enqueue($"scope {name}: {Described(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{logLevel} {name}[{eventId.Id}]: {formatter(state, exception)} {Described(state)} {exception}".TrimEnd());

        private static string Described<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values.Select(one => $"{one.Key}={one.Value}")) : $"{state}";
    }
}
