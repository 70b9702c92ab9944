using CsCheck;
using Signaling.Gateway.Draining;
using Xunit;

namespace Signaling.Tests.Gateway.Draining;

public sealed class CloseScheduleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Fact]
    public void Each_socket_has_its_own_slot_of_the_window_and_a_moment_of_its_own_in_it() =>
        Gen.Select(Gen.Int[0, 500], Gen.Int).Sample((count, seed) =>
        {
            var moments = CloseSchedule.Spread(count, Window, new Random(seed)).ToArray();

            Assert.Equal(count, moments.Length);
            Assert.All(moments.Index(), one => Assert.InRange(one.Item, Window * one.Index / count, Window * (one.Index + 1) / count));
        });

    [Fact]
    public void Without_a_window_all_are_closed_at_once() =>
        Assert.All(CloseSchedule.Spread(100, TimeSpan.Zero, new Random(1)), moment => Assert.Equal(TimeSpan.Zero, moment));
}
