using System.Diagnostics;
using Signaling.Actors.Protocol;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>Peers that each hold an address and do nothing, as most do most of the time.</summary>
internal sealed class Idle : ILoad
{
    private readonly LoadPlan _plan;
    private readonly Wrongs _wrongs;
    private readonly Gate _gate;
    private readonly Distribution _heartbeat = new("heartbeat at the end");
    private readonly List<(Peer Peer, Task<ReadOnlyMemory<byte>> Next)> _peers = [];
    private TimeSpan _opening;

    public Idle(LoadPlan plan, Wrongs wrongs)
    {
        (_plan, _wrongs, _gate) = (plan, wrongs, new Gate(plan));
        Meter = new Meter("connect and listen", [_heartbeat], plan.Processes);
    }

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public IEnumerable<Count> Counts =>
    [
        new Count("peers", _peers.Count),
        new Count("peers a second while opening", _opening > TimeSpan.Zero ? _peers.Count / _opening.TotalSeconds : 0),
        .. Meter.Processes.Select(process => new Count($"memory of {process.Name} for each, KiB", (process.Memory - process.MemoryBefore) / 1024.0 / Math.Max(1, _peers.Count))),
    ];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        Meter.Begin();
        var start = Stopwatch.GetTimestamp();
        await Together.RunAsync(_plan.Count, OpenAsync, stop);
        _opening = Stopwatch.GetElapsedTime(start);
        Meter.Opening = "";
        try
        {
            await Task.Delay(_plan.Duration, stop);
        }
        catch (OperationCanceledException)
        {
            // Then they are asked now.
        }

        await Task.WhenAll(_peers.Select(AskAsync));
        Meter.End();
        using var late = new CancellationTokenSource(_plan.Patience);
        await Task.WhenAll(_peers.Select(one => LeaveAsync(one.Peer, late.Token)));
    }

    public void Dispose()
    {
        foreach (var (peer, _) in _peers)
            peer.Dispose();
        _gate.Dispose();
    }

    private async Task OpenAsync(int number, CancellationToken stop)
    {
        await Task.Delay(_plan.DelayOf(number), stop);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var start = 0L;
        var peer = await _gate.OpenAsync(_plan.UrlOf(number), stop, () => start = Stopwatch.GetTimestamp());
        late.CancelAfter(_plan.Patience);
        await Steps.ListenAsync(peer, Steps.NewAddress(), late.Token);
        Meter.Latency.Add(start, Stopwatch.GetTimestamp());
        lock (_peers)
        {
            _peers.Add((peer, peer.ReceiveAsync(CancellationToken.None).AsTask())); // while it waits, it answers pings
            Meter.Opening = $"{_peers.Count} of {_plan.Count} peers are there";
        }
    }

    private async Task AskAsync((Peer Peer, Task<ReadOnlyMemory<byte>> Next) one, int number)
    {
        var who = $"peer {number} at {one.Peer.Place}";
        try
        {
            if (one.Next.IsCompletedSuccessfully)
            {
                _wrongs.AddStray("a message came that nobody has sent", who);
                return;
            }

            var start = Stopwatch.GetTimestamp();
            await one.Peer.SendAsync(Frame.Heartbeat(), CancellationToken.None);
            Obstacles.ThrowUnlessEqual(Frame.Heartbeat(), await one.Next.WaitAsync(_plan.Patience));
            _heartbeat.Add(start, Stopwatch.GetTimestamp());
        }
        catch (PeerException why)
        {
            _wrongs.AddBroken(why, who);
        }
        catch (TimeoutException)
        {
            _wrongs.AddLate(_plan.Patience, who);
        }
    }

    private static async Task LeaveAsync(Peer peer, CancellationToken late)
    {
        try
        {
            await peer.LeaveAsync(late);
        }
        catch (Exception e) when (e is PeerException or OperationCanceledException)
        {
            // What is to be found out has been.
        }
    }
}
