using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace Signaling.Tests.Actors;

/// <summary>A scheduler whose time stands still until the test moves it on, monotonic clock included.</summary>
public sealed class VirtualScheduler : TestScheduler, IScheduler
{
    private readonly DateTimeOffset _start;

    public VirtualScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => _start = Now;

    TimeSpan ITimeProvider.MonotonicClock => Now - _start;

    TimeSpan ITimeProvider.HighResMonotonicClock => Now - _start;
}
