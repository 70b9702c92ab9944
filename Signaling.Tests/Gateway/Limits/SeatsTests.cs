using Signaling.Gateway.Limits;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

public sealed class SeatsTests
{
    private readonly Seats<int> _seats = new(most: 2);

    [Fact]
    public void Each_has_as_many_as_the_limit()
    {
        Assert.True(_seats.TryTake(1));
        Assert.True(_seats.TryTake(1));
        Assert.False(_seats.TryTake(1));
        Assert.True(_seats.TryTake(2));
    }

    [Fact]
    public void One_that_is_given_back_is_free_and_no_more()
    {
        _seats.TryTake(1);
        _seats.TryTake(1);
        _seats.TryTake(1); // not given

        _seats.Return(1);

        Assert.True(_seats.TryTake(1));
        Assert.False(_seats.TryTake(1));
    }

    [Fact]
    public void Who_has_given_all_back_begins_anew()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_seats.TryTake(1));
            _seats.Return(1);
        }
    }
}
