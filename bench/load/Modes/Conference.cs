using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>Rooms of an app that shares addresses, one after the other: everyone comes, and says something to everyone.</summary>
internal sealed class Conference : ILoad
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly LoadPlan _plan;
    private readonly Wrongs _wrongs;
    private readonly Gate _gate;
    private readonly Distribution _mesh = new("all linked to all");
    private readonly Distribution _exchange = new("all heard from all");
    private int _rooms;

    public Conference(LoadPlan plan, Wrongs wrongs)
    {
        (_plan, _wrongs, _gate) = (plan, wrongs, new Gate(plan));
        Meter = new Meter("message", [_mesh, _exchange], plan.Processes);
    }

    /// <inheritdoc/>
    public string Name => "conference";

    /// <inheritdoc/>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public IEnumerable<Count> Counts => [new Count("peers of a room", _plan.Count), new Count("rooms", _mesh.Count)];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        // One room before anything counts shows whether there can be any.
        await TryAsync(stop);

        using var end = new CancellationTokenSource();
        var meeting = MeetAgainAsync(end.Token);
        await Meter.MeasureAsync(_plan, stop);
        await end.CancelAsync();
        await meeting;
    }

    public void Dispose() => _gate.Dispose();

    private async Task TryAsync(CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(_plan.Patience);
        using var first = new Room(_plan, _rooms++, _gate, Meter, _wrongs);
        try
        {
            await first.MeetAsync(late.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new PeerException(
                $"no room of {_plan.Count} peers came about within {_plan.Patience.TotalSeconds:0} s", "see the log of the service, and that all URLs lead to one app of one cluster, or raise --timeout", e);
        }
    }

    private async Task MeetAgainAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var number = _rooms++;
            using var late = new CancellationTokenSource(_plan.Patience);
            try
            {
                using var room = new Room(_plan, number, _gate, Meter, _wrongs);
                var (came, linked) = await room.MeetAsync(late.Token);
                _mesh.Add(came, linked);
                var (began, heard) = await room.TalkAsync(late.Token);
                _exchange.Add(began, heard);
                await room.LeaveAsync(late.Token);
                continue;
            }
            catch (PeerException why)
            {
                _wrongs.AddBroken(why, $"room {number}");
            }
            catch (OperationCanceledException)
            {
                _wrongs.AddLate(_plan.Patience, $"room {number}");
            }

            await Task.WhenAny(Task.Delay(PauseAfterFailure, end));
        }
    }
}
