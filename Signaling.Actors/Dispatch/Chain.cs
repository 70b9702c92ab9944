using System.Diagnostics.CodeAnalysis;
using Akka.Dispatch;

namespace Signaling.Actors.Dispatch;

/// <summary>
/// What one thread runs because of what it has just run: an actor that was sent a message by another follows on the same thread,
/// which spares waking another one up. Whatever would make a chain too long goes to the thread pool.
/// </summary>
public sealed class Chain : IThreadPoolWorkItem
{
    private const int Longest = 64;

    [ThreadStatic]
    [SuppressMessage("Usage", "CA2019", Justification = "Each thread begins without one.")]
    private static Queue<IRunnable>? _following;

    [ThreadStatic]
    [SuppressMessage("Usage", "CA2019", Justification = "Each thread begins without one.")]
    private static Queue<IRunnable>? _last;

    [ThreadStatic]
    private static bool _runs;

    [ThreadStatic]
    private static int _room;

    [ThreadStatic]
    private static bool _isWide;

    private readonly IRunnable _first;

    private Chain(IRunnable first) => _first = first;

    /// <summary>Whether this thread's chain takes the place of several: more is likely to come at once.</summary>
    public static bool IsWide => _isWide;

    /// <summary>Runs something, on this thread where it runs a chain, else on a thread of the pool.</summary>
    public static void Run(IRunnable run)
    {
        if (_room > 0)
        {
            _room--;
            _following!.Enqueue(run);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(new Chain(run), preferLocal: false);
    }

    /// <summary>
    /// Runs something when all else of this thread's chain has run, so that what many did along it is brought to an end once.
    /// Where no chain runs it is run at once.
    /// </summary>
    /// <param name="run">Must not be added again before it runs.</param>
    public static void RunLast(IRunnable run)
    {
        if (_runs)
            _last!.Enqueue(run);
        else
            run.Run();
    }

    /// <summary>Does something that sends messages to actors, and runs what follows from it, all before it returns.</summary>
    /// <param name="begin">What begins the chain. Within another one it only adds to that.</param>
    /// <param name="state">Handed to it.</param>
    /// <param name="chains">Of how many chains it takes the place: how long it may be goes by that.</param>
    public static void Begin<TState>(Action<TState> begin, TState state, int chains = 1)
    {
        if (_runs)
        {
            begin(state);
            return;
        }

        var following = _following ??= new Queue<IRunnable>();
        var last = _last ??= new Queue<IRunnable>();
        (_runs, _room, _isWide) = (true, Longest * chains, chains > 1);
        try
        {
            begin(state);
            while (following.TryDequeue(out var next) || last.TryDequeue(out next))
                next.Run();
        }
        finally
        {
            (_runs, _room, _isWide) = (false, 0, false);
            while (following.TryDequeue(out var left) || last.TryDequeue(out left)) // something has failed that never should
                Run(left);
        }
    }

    void IThreadPoolWorkItem.Execute() => Begin(static first => first.Run(), _first);
}
