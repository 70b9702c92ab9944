using System.Diagnostics;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>
/// Pairs that talk. Without a rate each keeps a window of messages under way, which the other end answers one by one; with a
/// rate both ends send at fixed times, whatever comes back.
/// </summary>
internal sealed class Relay : ILoad
{
    private readonly LoadPlan _plan;
    private readonly Wrongs _wrongs;
    private readonly Gate _gate;
    private readonly Distribution _roundTrip = new("round trip");
    private readonly Distribution _ownDelay = new("own delay");
    private readonly List<Peer> _peers = [];
    private readonly List<(RelayEnd Holder, RelayEnd Guest)> _pairs = [];
    private long _behind;

    public Relay(LoadPlan plan, Wrongs wrongs)
    {
        (_plan, _wrongs, _gate) = (plan, wrongs, new Gate(plan));
        Meter = new Meter("one way", [_roundTrip, _ownDelay], plan.Processes);
    }

    /// <inheritdoc/>
    public string Name => "relay";

    /// <inheritdoc/>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public IEnumerable<Count> Counts =>
        _plan.Rate > 0 ? [new Count("pairs", _pairs.Count), new Count("due and not sent at the end", _behind)] : [new Count("pairs", _pairs.Count)];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        await Together.RunAsync(_plan.Count, OpenAsync, stop);
        Meter.Opening = "";

        using var end = new CancellationTokenSource();
        var start = Stopwatch.GetTimestamp();
        var speaking = _pairs.SelectMany((pair, i) => _plan.Rate > 0
            ? (IEnumerable<Task>)[KeepTimeAsync(pair.Holder, 2 * i, start, end.Token), KeepTimeAsync(pair.Guest, (2 * i) + 1, start, end.Token)]
            : [KeepWindowAsync(pair, end.Token)]).ToArray();
        await Meter.MeasureAsync(_plan, stop);
        await end.CancelAsync();
        await Task.WhenAll(speaking);
        await EndAsync();
    }

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _gate.Dispose();
    }

    private async Task OpenAsync(int number, CancellationToken stop)
    {
        await Task.Delay(_plan.DelayOf(number), stop);
        var address = Steps.NewAddress();
        var holder = Keep(await _gate.OpenAsync(_plan.UrlOf(number), stop));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(_plan.Patience);
        await Steps.ListenAsync(holder, address, late.Token);
        var guest = Keep(await _gate.OpenAsync(_plan.UrlOf(number, end: 1), stop));
        var holdersId = await Steps.ConnectAsync(guest, holder, address, late.Token);

        var pair = (
            new RelayEnd(holder, holdersId, 2 * number, (2 * number) + 1, _plan.Size, Meter, _wrongs),
            new RelayEnd(guest, Steps.GuestsId, (2 * number) + 1, 2 * number, _plan.Size, Meter, _wrongs));
        lock (_pairs)
        {
            _pairs.Add(pair);
            Meter.Opening = $"{_pairs.Count} of {_plan.Count} pairs are open";
        }
    }

    private Peer Keep(Peer peer)
    {
        lock (_peers)
            _peers.Add(peer);
        return peer;
    }

    private async Task KeepWindowAsync((RelayEnd Holder, RelayEnd Guest) pair, CancellationToken end)
    {
        using var room = new SemaphoreSlim(_plan.Window);
        _ = pair.Guest.ListenAsync((words, _) => pair.Guest.SayAsync(Stopwatch.GetTimestamp(), words.Sent));
        _ = pair.Holder.ListenAsync((words, now) =>
        {
            _roundTrip.Add(words.Answers, now);
            if (!end.IsCancellationRequested)
                room.Release();
            return ValueTask.CompletedTask;
        });
        try
        {
            while (true)
            {
                await room.WaitAsync(end);
                await pair.Holder.SayAsync(Stopwatch.GetTimestamp());
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task KeepTimeAsync(RelayEnd one, int which, long start, CancellationToken end)
    {
        var pace = new Pace(start, which, 2 * _plan.Count, _plan.Rate);
        _ = one.ListenAsync((_, _) => ValueTask.CompletedTask);
        try
        {
            while (true)
            {
                var at = await pace.NextAsync(end);
                _ownDelay.Add(at, Stopwatch.GetTimestamp());
                await one.SayAsync(at);
            }
        }
        catch (OperationCanceledException)
        {
            Interlocked.Add(ref _behind, pace.Behind);
        }
    }

    // Every message of a window is answered; with a rate nobody answers.
    private async Task EndAsync()
    {
        foreach (var (holder, guest) in _pairs)
        {
            guest.Arrivals.Await(holder.Sent);
            holder.Arrivals.Await(_plan.Rate > 0 ? guest.Sent : holder.Sent);
        }

        await Task.WhenAny(
            Task.WhenAll(_pairs.SelectMany(pair => (Task[])[pair.Holder.Arrivals.All, pair.Guest.Arrivals.All])), Task.Delay(_plan.Patience));
        foreach (var (holder, guest) in _pairs)
        {
            holder.Leaves();
            guest.Leaves();
        }

        using var late = new CancellationTokenSource(_plan.Patience);
        await Task.WhenAll(_pairs.SelectMany(pair => (Task[])[pair.Holder.LeaveAsync(late.Token), pair.Guest.LeaveAsync(late.Token)]));
        foreach (var (holder, guest) in _pairs)
        {
            holder.Arrivals.End(guest.Sent);
            guest.Arrivals.End(holder.Sent);
        }
    }
}
