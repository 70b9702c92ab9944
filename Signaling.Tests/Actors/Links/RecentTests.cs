using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class RecentRequestsTests
{
    private const long LongestRepeat = 10_000;
    private static readonly ConnectionUid Alice = new(1, 10);
    private static readonly ConnectionUid Bob = new(1, 11);
    private readonly RecentRequests _requests = new();

    [Fact]
    public void A_newer_request_is_news_and_an_older_or_repeated_one_is_not()
    {
        Assert.True(_requests.TryNote(Alice, 5, now: 0));
        Assert.False(_requests.TryNote(Alice, 5, now: 0));
        Assert.False(_requests.TryNote(Alice, 4, now: 0));
        Assert.True(_requests.TryNote(Alice, 6, now: 0));
    }

    [Fact]
    public void Connections_are_told_apart()
    {
        _requests.TryNote(Alice, 5, now: 0);

        Assert.True(_requests.TryNote(Bob, 1, now: 0));
        Assert.True(_requests.TryNote(Alice with { Node = 2 }, 1, now: 0));
    }

    // Whenever it is noted, and however many others are noted meanwhile.
    [Theory]
    [InlineData(0)]
    [InlineData(25_000)]
    [InlineData(29_999)]
    [InlineData(30_000)]
    [InlineData(1_000_000)]
    public void A_request_is_known_for_as_long_as_it_may_be_repeated(long now)
    {
        _requests.TryNote(Alice, 5, now);
        for (long later = 0; later < LongestRepeat; later += 1_000)
            _requests.TryNote(Bob, later, now + later);

        Assert.False(_requests.TryNote(Alice, 5, now + LongestRepeat));
    }

    [Fact]
    public void A_request_is_forgotten_in_time()
    {
        _requests.TryNote(Alice, 5, now: 0);
        _requests.TryNote(Bob, 1, now: 30_000);
        _requests.TryNote(Bob, 2, now: 60_000);

        Assert.True(_requests.TryNote(Alice, 5, now: 60_000));
    }
}
