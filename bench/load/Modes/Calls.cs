using System.Diagnostics;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>Calls as apps make them, so many at once, each with new peers at a new address.</summary>
internal sealed class Calls : ILoad
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly LoadPlan _plan;
    private readonly Wrongs _wrongs;
    private readonly Gate _gate;
    private readonly Distribution _ownDelay = new("own delay");
    private int _numbers;
    private long _behind;

    public Calls(LoadPlan plan, Wrongs wrongs)
    {
        (_plan, _wrongs, _gate) = (plan, wrongs, new Gate(plan));
        Meter = new Meter("call set-up", [_ownDelay], plan.Processes);
    }

    /// <inheritdoc/>
    public string Name => "calls";

    /// <inheritdoc/>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public IEnumerable<Count> Counts
    {
        get
        {
            yield return new Count("calls", Meter.Latency.Count);
            yield return new Count("calls a second", Meter.Took > TimeSpan.Zero ? Meter.Latency.Count / Meter.Took.TotalSeconds : 0);
            if (_plan.Rate > 0)
                yield return new Count("due and not made at the end", _behind);
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var start = Stopwatch.GetTimestamp();
        var calling = Enumerable.Range(0, _plan.Count).Select(which => CallAgainAsync(which, start, end.Token)).ToArray();
        await Meter.MeasureAsync(_plan, stop);
        await end.CancelAsync();
        await Task.WhenAll(calling);
    }

    public void Dispose() => _gate.Dispose();

    private async Task CallAgainAsync(int which, long start, CancellationToken end)
    {
        var pace = _plan.Rate > 0 ? new Pace(start, which, _plan.Count, _plan.Rate) : null;
        try
        {
            await Task.Delay(_plan.DelayOf(which), end);
            while (!end.IsCancellationRequested)
            {
                var at = pace is null ? Stopwatch.GetTimestamp() : await pace.NextAsync(end);
                if (pace is not null)
                    _ownDelay.Add(at, Stopwatch.GetTimestamp());
                if (!await TryCallAsync(at))
                    await Task.Delay(PauseAfterFailure, end);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        Interlocked.Add(ref _behind, pace?.Behind ?? 0);
    }

    private async Task<bool> TryCallAsync(long at)
    {
        var number = Interlocked.Increment(ref _numbers);
        using var late = new CancellationTokenSource(_plan.Patience);
        try
        {
            using var call = new OneCall(_plan, number, _gate, Meter, _wrongs);
            await call.MakeAsync(late.Token);
            Meter.Latency.Add(at, call.SetUp);
            await call.EndAsync(late.Token);
            return true;
        }
        catch (PeerException why)
        {
            _wrongs.AddBroken(why, $"call {number}");
        }
        catch (OperationCanceledException)
        {
            _wrongs.AddLate(_plan.Patience, $"call {number}");
        }

        return false;
    }
}
