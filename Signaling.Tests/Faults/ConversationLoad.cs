using System.Collections.Concurrent;

namespace Signaling.Tests.Faults;

/// <summary>Conversations that go on while faults happen.</summary>
internal sealed class ConversationLoad : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static int _numbers;

    private readonly Pulse _pulse;
    private readonly ConcurrentBag<Conversation> _conversations = [];
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _slots = Task.CompletedTask;
    private int _notOpened;

    private ConversationLoad(TimeSpan interval) => _pulse = new Pulse(interval);

    public IReadOnlyCollection<Conversation> Conversations => _conversations;

    /// <summary>Opens conversations, all of which must succeed, and has them speak.</summary>
    /// <param name="seats">Where each takes place.</param>
    /// <param name="interval">Time between two messages of a peer.</param>
    /// <param name="renew">Whether one that has ended is followed by another, at another address.</param>
    public static async Task<ConversationLoad> StartAsync(IEnumerable<Seats> seats, TimeSpan interval, bool renew = false)
    {
        var load = new ConversationLoad(interval);
        var all = seats.ToArray();
        var opened = new Conversation[all.Length];
        await Parallel.ForAsync(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            opened[i] = await load.OpenAsync(all[i]));
        load._slots = renew ? Task.WhenAll(opened.Select(load.KeepAsync)) : Task.CompletedTask;
        await Task.WhenAll(opened.Select(one => WaitUntil(() => !one.IsOpen || (one.FromHost.Heard > 2 && one.FromGuest.Heard > 2), Quiet)));
        load.Forget();
        return load;
    }

    /// <summary>Measures times anew, from here on.</summary>
    public void Forget()
    {
        _pulse.Forget();
        foreach (var way in _conversations.SelectMany(one => one.Directions))
            way.Forget();
    }

    /// <summary>Has all go on for a while.</summary>
    public static Task GoOnAsync(TimeSpan time) => Task.Delay(time);

    /// <summary>Lets the conversations fall silent, waits until all is heard that is going to be, and reckons up.</summary>
    public async Task<LoadReport> StopAsync()
    {
        _stopping.TrySetResult();
        await _slots;
        foreach (var conversation in _conversations)
            _pulse.Remove(conversation);
        await WaitUntil(() => _conversations.Where(one => one.IsOpen).All(one => one.AllHeard), Quiet);
        return Report();
    }

    /// <summary>What there is to say now; what is still on its way counts as lost.</summary>
    public LoadReport Report() => LoadReport.Of(_conversations, _notOpened, _pulse.OwnDelay);

    public async ValueTask DisposeAsync()
    {
        _stopping.TrySetResult();
        await _slots;
        await _pulse.DisposeAsync();
        foreach (var conversation in _conversations)
            conversation.Dispose();
    }

    private async Task<Conversation> OpenAsync(Seats seats)
    {
        var conversation = await Conversation.OpenAsync(Interlocked.Increment(ref _numbers), seats);
        _conversations.Add(conversation);
        _pulse.Add(conversation);
        return conversation;
    }

    private async Task KeepAsync(Conversation first, int slot)
    {
        var current = first;
        for (var turn = 0; ; turn++)
        {
            await Task.WhenAny(current.Over, _stopping.Task);
            if (_stopping.Task.IsCompleted)
                return;

            var ended = current;
            _ = RetireAsync(ended);
            while (current == ended && !_stopping.Task.IsCompleted)
            {
                try
                {
                    current = await OpenAsync(first.Seats with { Address = $"{first.Seats.Address} {slot} {turn}" });
                }
                catch (IOException)
                {
                    Interlocked.Increment(ref _notOpened);
                    await Task.Delay(Pause);
                }
            }
        }
    }

    // The one that has not been told yet gets its time to be.
    private async Task RetireAsync(Conversation ended)
    {
        _pulse.Remove(ended);
        await Task.WhenAny(Task.WhenAll(ended.Host.Over, ended.Guest.Over), Task.Delay(Promises.AddressesFree));
        ended.Dispose();
    }

    private static async Task WaitUntil(Func<bool> condition, TimeSpan patience)
    {
        var start = Moment.Now;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition() && start.Ago < patience)
            await again.WaitForNextTickAsync();
    }
}
