using Akka.Actor;

namespace Signaling.Actors.Messages;

/// <summary>Sends an actor a <see cref="Tick"/> when its state is due, by one timer that is set anew only for an earlier time.</summary>
internal struct Alarm
{
    private ICancelable? _timer;
    private long _at;

    /// <summary>The time in ms, by the clock of an actor's system.</summary>
    public static long NowOf(IActorContext context) => (long)context.System.Scheduler.MonotonicClock.TotalMilliseconds;

    /// <summary>Sets it.</summary>
    /// <param name="due">When the actor is to be told, in ms; <see cref="long.MaxValue"/>: not at all.</param>
    /// <param name="now">The time in ms.</param>
    /// <param name="context">The actor's context.</param>
    public void Set(long due, long now, IActorContext context)
    {
        if (due == long.MaxValue || (_timer is not null && _at <= due))
            return;

        _timer?.Cancel();
        _at = due;
        _timer = context.System.Scheduler.ScheduleTellOnceCancelable(
            TimeSpan.FromMilliseconds(Math.Max(due - now, 1)), context.Self, Tick.Instance, context.Self);
    }

    /// <summary>The tick has come.</summary>
    public void HasRung() => _timer = null;

    /// <summary>Takes it back.</summary>
    public void Cancel() => _timer?.Cancel();
}
