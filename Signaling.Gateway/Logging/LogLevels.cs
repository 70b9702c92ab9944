using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Signaling.Gateway.Logging;

/// <summary>Levels of the log that are set while the node runs. A new start forgets them.</summary>
internal sealed class LogLevels : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly Dictionary<string, LogLevel> _levels = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private CancellationTokenSource _changed = new();

    public string Name => Options.DefaultName;

    /// <summary>Sets one.</summary>
    /// <param name="category">The category, with all whose names begin with it.</param>
    /// <param name="level">The level; null: that of the start.</param>
    public void Set(string category, LogLevel? level)
    {
        CancellationTokenSource before;
        lock (_lock)
        {
            if (level is { } set)
                _levels[category] = set;
            else
                _levels.Remove(category);
            (before, _changed) = (_changed, new CancellationTokenSource());
        }

        before.Cancel();
        before.Dispose();
    }

    public void Configure(LoggerFilterOptions options)
    {
        lock (_lock)
        {
            foreach (var (category, level) in _levels)
                options.Rules.Add(new LoggerFilterRule(providerName: null, category, level, filter: null));
        }
    }

    public void Dispose() => _changed.Dispose();

    public IChangeToken GetChangeToken()
    {
        lock (_lock)
            return new CancellationChangeToken(_changed.Token);
    }
}
