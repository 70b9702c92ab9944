using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Logging;
using Signaling.Gateway.Metrics;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

public sealed class RefusalsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ClusterPortMetrics>().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Of_each_address_there_is_one_line_in_five_minutes_which_counts_what_was_not_said()
    {
        var refusals = New();

        Assert.True(refusals.IsDue("10.0.0.1", out var more));
        Assert.Equal("", more);
        Assert.False(refusals.IsDue("10.0.0.1", out _));
        Assert.False(refusals.IsDue("10.0.0.1", out _));
        Assert.True(refusals.IsDue("10.0.0.2", out _));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(refusals.IsDue("10.0.0.1", out more));
        Assert.Equal(" It was so 2 times more since it was last said.", more);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(refusals.IsDue("10.0.0.1", out more));
        Assert.Equal("", more);
    }

    [Fact]
    public void Each_reason_has_a_line()
    {
        var refusals = New();

        Assert.True(refusals.IsDue("10.0.0.1", Refusal.Garbage, out _));
        Assert.True(refusals.IsDue("10.0.0.1", Refusal.Name, out _));
        Assert.False(refusals.IsDue("10.0.0.1", Refusal.Garbage, out _));
    }

    [Fact]
    public void Many_addresses_share_a_line_until_there_is_room_again()
    {
        var refusals = New();
        for (var i = 0; i < Repeats.MostTold; i++)
            Assert.True(refusals.IsDue($"{i}", out _));

        Assert.True(refusals.IsDue("one too many", out _));
        for (var i = 0; i < 1000; i++)
            Assert.False(refusals.IsDue($"another {i}", out _));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(refusals.IsDue("another again", out _));
        Assert.True(refusals.IsDue("and another", out _));
    }

    private Refusals New() => new(_services.GetRequiredService<ClusterPortMetrics>(), _time);
}
