using System.Diagnostics;

namespace Signaling.Load.Figures;

/// <summary>
/// What is measured while a load is on, second by second. Only what falls between <see cref="Begin"/> and <see cref="End"/>
/// counts.
/// </summary>
internal sealed class Meter
{
    private const int MostSeconds = 24 * 60 * 60;

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Distribution[] _others;
    private readonly IReadOnlyList<ProcessUse> _processes;
    private readonly List<Second> _seconds = [];
    private long _messages;
    private long _messagesBefore;
    private long _last;
    private long _began;
    private bool _counts;

    /// <summary>Begins the first second.</summary>
    /// <param name="what">What the latencies are, and what one second after the other is told of.</param>
    /// <param name="others">What else is measured.</param>
    /// <param name="processes">The processes whose use of this machine is told.</param>
    public Meter(string what, IEnumerable<Distribution> others, IEnumerable<int> processes)
    {
        Latency = new Distribution(what);
        _others = [.. others];
        _processes = [ProcessUse.Own(), .. processes.Select(ProcessUse.Of)];
        _last = _start;
    }

    /// <summary>What the seconds are told of.</summary>
    public Distribution Latency { get; }

    /// <summary>How far the opening is, in words; empty when all is open.</summary>
    public string Opening { get; set; } = "";

    /// <summary>How long what counts has taken.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>How many messages have been relayed in that time.</summary>
    public long Messages { get; private set; }

    /// <summary>The seconds that count.</summary>
    public IReadOnlyList<Second> Seconds => _seconds;

    /// <summary>The percentiles of all that was measured.</summary>
    public IEnumerable<Summary> Summaries => [Latency.Summary, .. _others.Where(one => one.Count > 0).Select(one => one.Summary)];

    /// <summary>The use of this machine, that of this process first.</summary>
    public IReadOnlyList<ProcessUse> Processes => _processes;

    /// <summary>A message has been relayed.</summary>
    public void Arrived() => Interlocked.Increment(ref _messages);

    /// <summary>From now on it counts.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            Tick();
            _counts = true;
            _began = _last;
            foreach (var process in _processes)
                process.Begin();
        }
    }

    /// <summary>From now on it no longer counts. Repeats do nothing.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (!_counts)
                return;
            Tick();
            _counts = false;
            Took = Stopwatch.GetElapsedTime(_began, _last);
            foreach (var process in _processes)
                process.End();
        }
    }

    /// <summary>Measures for a while, after a while, unless it is told to stop.</summary>
    public async Task MeasureAsync(LoadPlan plan, CancellationToken stop)
    {
        try
        {
            await Task.Delay(plan.WarmUp, stop);
            Begin();
            await Task.Delay(plan.Duration, stop);
        }
        catch (OperationCanceledException)
        {
            // What was measured until then is told.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Ends a second.</summary>
    public Second Tick()
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            var messages = Interlocked.Read(ref _messages);
            var latency = Summary.Of(Latency.Name, Latency.EndInterval(_counts));
            foreach (var other in _others)
                other.EndInterval(_counts);
            var second = new Second(
                Stopwatch.GetElapsedTime(_start, now).TotalSeconds, Stopwatch.GetElapsedTime(_last, now).TotalSeconds, messages - _messagesBefore, latency, _counts);
            (_messagesBefore, _last) = (messages, now);
            if (_counts)
            {
                Messages += second.Messages;
                if (_seconds.Count < MostSeconds)
                    _seconds.Add(second);
            }

            return second;
        }
    }
}

/// <summary>A second of a load.</summary>
/// <param name="At">Its end, in seconds from the start.</param>
/// <param name="Length">How long it was, in seconds: the first and the last that count may be shorter.</param>
/// <param name="Messages">How many messages were relayed.</param>
/// <param name="Latency">The latencies in it.</param>
/// <param name="Counts">Whether it counts.</param>
internal sealed record Second(double At, double Length, long Messages, Summary Latency, bool Counts)
{
    /// <summary>Messages a second.</summary>
    public double Rate => Length > 0 ? Messages / Length : 0;
}
