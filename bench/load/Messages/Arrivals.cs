namespace Signaling.Load.Messages;

/// <summary>What one end gets from another: each message once, in order, undamaged, or it is counted as wrong.</summary>
/// <param name="from">The end that sends.</param>
/// <param name="to">The end that receives.</param>
/// <param name="who">The receiver, in words.</param>
/// <param name="wrongs">Where it is counted.</param>
internal sealed class Arrivals(int from, int to, string who, Wrongs wrongs)
{
    private const int MostRemembered = 100_000;

    private readonly HashSet<long> _missing = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private long _next = 1;
    private long _arrived;
    private long _awaited = long.MaxValue;

    /// <summary>Done when all have come that <see cref="Await"/> was told of, or no more can.</summary>
    public Task All => _all.Task;

    /// <summary>Takes a message.</summary>
    /// <param name="frame">All of it.</param>
    /// <param name="words">What it says of itself.</param>
    /// <returns>Whether it is one that was waited for.</returns>
    public bool Take(ReadOnlySpan<byte> frame, out Words words)
    {
        if (!Words.TryRead(frame, out words))
        {
            wrongs.AddDamaged(frame.Length, who);
            return false;
        }

        if (words.From != from || words.To != to)
        {
            wrongs.AddStray($"a message came that is for end {words.To}, from {words.From}", who);
            return false;
        }

        lock (_lock)
        {
            if (words.Number < _next && !_missing.Remove(words.Number))
            {
                wrongs.AddDoubled(words.Number, who);
                return false;
            }

            if (words.Number < _next)
                wrongs.AddReordered(words.Number, who);
            for (; _next < words.Number && _missing.Count < MostRemembered; _next++)
                _missing.Add(_next);
            _next = Math.Max(_next, words.Number + 1);
            _arrived++;
            Look();
        }

        return true;
    }

    /// <summary>Says how many were sent in all.</summary>
    public void Await(long sent)
    {
        lock (_lock)
        {
            _awaited = sent;
            Look();
        }
    }

    /// <summary>The socket has ended: to wait for more is in vain.</summary>
    public void GiveUp() => _all.TrySetResult();

    /// <summary>Nothing more comes: what has not come is lost.</summary>
    /// <param name="sent">How many were sent.</param>
    public void End(long sent)
    {
        lock (_lock)
        {
            if (_arrived < sent)
                wrongs.AddLost(sent - _arrived, who);
        }
    }

    private void Look()
    {
        if (_arrived >= _awaited)
            _all.TrySetResult();
    }
}
