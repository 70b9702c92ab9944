using Signaling.Actors.Links;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class BudgetTests
{
    private readonly Budget _budget = new();

    [Fact]
    public void What_fits_is_what_the_limit_leaves()
    {
        _budget.Take(1);

        Assert.True(_budget.Fits(Budget.Limit - 1));
        Assert.False(_budget.Fits(Budget.Limit));
    }

    [Fact]
    public void A_single_frame_fits_however_large()
    {
        Assert.True(_budget.Fits(int.MaxValue));

        _budget.Take(int.MaxValue);

        Assert.False(_budget.Fits(0));
    }

    [Fact]
    public void What_is_given_back_fits_again()
    {
        _budget.Take(Budget.Limit);
        _budget.Return(10);

        Assert.Equal(Budget.Limit - 10, _budget.Used);
        Assert.True(_budget.Fits(10));
        Assert.False(_budget.Fits(11));
    }
}
