using Signaling.Actors.Links;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class RecentTests
{
    private readonly Recent<string, int> _recent = new();

    [Fact]
    public void What_was_noted_last_is_remembered_and_others_are_not()
    {
        _recent.Note("alice", 5, now: 0);
        _recent.Note("alice", 6, now: 0);
        _recent.Note("bob", 1, now: 0);

        Assert.True(_recent.TryGet("alice", out var alice));
        Assert.Equal(6, alice);
        Assert.True(_recent.TryGet("bob", out var bob));
        Assert.Equal(1, bob);
        Assert.False(_recent.TryGet("carol", out _));
    }

    // Whenever it is noted, and however many others are noted meanwhile.
    [Theory]
    [InlineData(0)]
    [InlineData(59_999)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    public void Something_is_remembered_for_a_generation_at_least(long now)
    {
        _recent.Note("bob", 0, now: 0);
        _recent.Note("alice", 5, now);
        for (long later = 0; later < Recent<string, int>.Generation; later += 1_000)
            _recent.Note("bob", 1, now + later);

        Assert.True(_recent.TryGet("alice", out var noted));
        Assert.Equal(5, noted);
    }

    [Fact]
    public void It_is_forgotten_when_two_generations_have_been_noted_since()
    {
        _recent.Note("alice", 5, now: 0);
        _recent.Note("bob", 1, now: Recent<string, int>.Generation);
        _recent.Note("bob", 2, now: 2 * Recent<string, int>.Generation);

        Assert.False(_recent.TryGet("alice", out _));
        Assert.True(_recent.TryGet("bob", out _));
    }

    [Fact]
    public void The_latest_counts_though_an_older_generation_knows_another()
    {
        _recent.Note("alice", 5, now: 0);
        _recent.Note("alice", 6, now: Recent<string, int>.Generation);

        Assert.True(_recent.TryGet("alice", out var noted));
        Assert.Equal(6, noted);
    }
}
