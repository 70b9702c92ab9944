namespace Signaling.Tests.Faults;

/// <summary>Has every conversation speak once an interval, spread over it: one loop for all of them.</summary>
internal sealed class Pulse : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;
    private Conversation[] _conversations = [];

    public Pulse(TimeSpan interval)
    {
        _interval = interval;
        _beating = Task.Run(BeatAsync);
    }

    /// <summary>The longest that the loop itself came late, since it was last forgotten: what of a hold-up may be the test's own.</summary>
    public TimeSpan OwnDelay { get; private set; }

    public void Add(Conversation conversation)
    {
        lock (_lock)
            _conversations = [.. _conversations, conversation];
    }

    public void Remove(Conversation conversation)
    {
        lock (_lock)
            _conversations = [.. _conversations.Where(one => one != conversation)];
    }

    public void Forget() => OwnDelay = TimeSpan.Zero;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        var last = Moment.Now;
        var (due, turn) = (0.0, 0);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var now = Moment.Now;
                var passed = now - last;
                last = now;
                OwnDelay = passed - Tick > OwnDelay ? passed - Tick : OwnDelay;
                var conversations = Volatile.Read(ref _conversations);
                due = Math.Min(due + (conversations.Length * (passed / _interval)), conversations.Length);
                for (; due >= 1; due--)
                    conversations[turn++ % conversations.Length].Speak();
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }
}
