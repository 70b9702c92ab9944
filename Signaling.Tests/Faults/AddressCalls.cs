using System.Collections.Concurrent;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Calls, again and again, to addresses whose holders stay, each of which echoes.</summary>
internal sealed class AddressCalls : IAsyncDisposable
{
    private const short Link = 1;

    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerPatience = Promises.Answer * Promises.Slack;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Try> _tries = [];
    private readonly Task _lanes;
    private TaskCompletionSource _hurry = NewHurry();

    private AddressCalls(IEnumerable<(Uri Caller, string Address)> calls) =>
        _lanes = Task.WhenAll(calls.Select((call, i) => CallAsync(call.Caller, call.Address, i)).ToArray());

    /// <summary>Begins to call.</summary>
    /// <param name="calls">Where who calls connects, and the address.</param>
    public static AddressCalls Start(IEnumerable<(Uri Caller, string Address)> calls) => new(calls);

    /// <summary>Calls every address at once, without waiting for its turn.</summary>
    public void Hurry() => Interlocked.Exchange(ref _hurry, NewHurry()).SetResult();

    /// <summary>Waits until each address answers to calls made after a moment; false where that takes too long.</summary>
    public async Task<bool> WorkAgainAsync(Moment since, int addresses, TimeSpan patience)
    {
        var start = Moment.Now;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Again(since).Count < addresses)
        {
            if (start.Ago > patience)
                return false;
            await again.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>What came of the calls that were made after a moment.</summary>
    public AddressCallReport Report(Moment since)
    {
        var tries = _tries.Where(one => one.Start > since).ToArray();
        var again = Again(since).Values.ToArray();
        return new AddressCallReport(
            tries.Length,
            tries.Count(one => one.Outcome == CallOutcome.Failed),
            tries.Count(one => one.Outcome is not (CallOutcome.Worked or CallOutcome.Failed)),
            tries.Count(one => one.Outcome == CallOutcome.Unanswered || one.Answer > Promises.Answer + Promises.HoldUp),
            tries.Select(one => one.Answer).DefaultIfEmpty().Max(),
            again.Length,
            again.DefaultIfEmpty().Max());
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _lanes;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    // For each address the time until its first answer behind which there was no failure any more.
    private Dictionary<string, TimeSpan> Again(Moment since) => _tries
        .Where(one => one.Start > since)
        .GroupBy(one => one.Address, StringComparer.Ordinal)
        .Select(tries => (tries.Key, First: tries.Reverse().TakeWhile(one => one.Outcome == CallOutcome.Worked).LastOrDefault()))
        .Where(one => one.First is not null)
        .ToDictionary(one => one.Key, one => one.First!.End - since, StringComparer.Ordinal);

    private static TaskCompletionSource NewHurry() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task CallAsync(Uri caller, string address, int lane)
    {
        // Spread from the start.
        await Task.WhenAny(Task.Delay(lane * 37 % (int)Pause.TotalMilliseconds, _stop.Token));
        while (!_stop.IsCancellationRequested)
        {
            var result = await TryAsync(caller, address);
            _tries.Enqueue(result);
            var pause = result.Outcome == CallOutcome.Worked ? Pause : PauseAfterFailure;
            await Task.WhenAny(Task.Delay(pause, _stop.Token), _hurry.Task);
        }
    }

    private static async Task<Try> TryAsync(Uri caller, string address)
    {
        var start = Moment.Now;
        try
        {
            using var peer = await QueuedPeer.ConnectAsync(caller, SocketPatience);
            var asked = Moment.Now;
            await peer.SendAsync(Frame.Of(EventType.NewConnection, Link, address));
            var outcome = Call.OutcomeOf(await peer.NextAsync(AnswerPatience), EventType.NewConnection);
            var answer = asked.Ago;
            if (outcome == CallOutcome.Worked)
            {
                await peer.SendAsync(Talk.Write(Talk.Echo, Link, 0, 0, asked));
                var echo = await peer.NextAsync(AnswerPatience);
                outcome = Call.OutcomeOf(echo, EventType.ReliableMessageReceived);
                await peer.SendAsync(Frame.Of(EventType.Disconnected, Link));
            }

            await peer.Peer.CloseAsync();
            return new Try(address, start, Moment.Now, outcome, answer);
        }
        catch (IOException)
        {
            return new Try(address, start, Moment.Now, CallOutcome.NoSocket, TimeSpan.Zero);
        }
    }

    private sealed record Try(string Address, Moment Start, Moment End, CallOutcome Outcome, TimeSpan Answer);
}
