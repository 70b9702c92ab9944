using System.Diagnostics;
using Xunit;

namespace Signaling.Tests.Peers;

/// <summary>Waits for what tells nobody when it happens.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a value is as it should be; says what it was where that takes too long.</summary>
    public static Task BecomesAsync<T>(Func<T> value, Predicate<T> wanted, TimeSpan patience) =>
        BecomesAsync(() => Task.FromResult(value()), wanted, patience);

    /// <summary>The same for a value that has to be asked for.</summary>
    public static async Task BecomesAsync<T>(Func<Task<T>> value, Predicate<T> wanted, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        using var again = new PeriodicTimer(Pause);
        while (true)
        {
            var now = await value();
            if (wanted(now))
                return;
            Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"After {patience.TotalSeconds} s it is still {now}.");
            await again.WaitForNextTickAsync();
        }
    }
}
