using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>What becomes of a question to several nodes.</summary>
public sealed class InquiryTests
{
    private readonly Inquiry _inquiry = new([(1, "one:1"), (2, "two:2")]);

    [Fact]
    public void It_is_done_when_all_have_answered()
    {
        _inquiry.Take(new OperatorAnswer(1, 7, Skip: 0, Total: 2, new byte[] { 1, 2 }));
        Assert.False(_inquiry.IsDone);
        _inquiry.Take(new OperatorAnswer(2, 7, Skip: 0, Total: 0, Array.Empty<byte>()));

        Assert.True(_inquiry.IsDone);
        Assert.Equal([[1, 2], []], _inquiry.Outcome().Select(answer => answer.Body!));
    }

    [Fact]
    public void Pages_are_put_together_and_who_is_not_done_has_not_answered()
    {
        _inquiry.Take(new OperatorAnswer(1, 7, Skip: 0, Total: 3, new byte[] { 1, 2 }));
        _inquiry.Take(new OperatorAnswer(2, 7, Skip: 0, Total: 3, new byte[] { 4, 5 }));
        _inquiry.Take(new OperatorAnswer(2, 7, Skip: 2, Total: 3, new byte[] { 6 }));

        Assert.False(_inquiry.IsDone);
        var (one, two) = (_inquiry.Outcome()[0], _inquiry.Outcome()[1]);
        Assert.Null(one.Body);
        Assert.Equal("one:1", one.Address);
        Assert.Equal([4, 5, 6], two.Body!);
    }

    [Fact]
    public void What_is_out_of_order_does_not_fit_or_comes_of_others_counts_for_nothing()
    {
        _inquiry.Take(new OperatorAnswer(1, 7, Skip: 2, Total: 3, new byte[] { 3 }));
        _inquiry.Take(new OperatorAnswer(1, 7, Skip: 0, Total: 3, new byte[] { 1, 2 }));
        _inquiry.Take(new OperatorAnswer(1, 7, Skip: 2, Total: 4, new byte[] { 3, 4 }));
        _inquiry.Take(new OperatorAnswer(3, 7, Skip: 0, Total: 1, new byte[] { 1 }));
        _inquiry.Take(new OperatorAnswer(2, 7, Skip: 0, Total: 1, new byte[] { 2 }));
        _inquiry.Take(new OperatorAnswer(2, 7, Skip: 0, Total: 1, new byte[] { 9 }));

        Assert.Equal(2, _inquiry.Outcome().Count);
        Assert.Null(_inquiry.Outcome()[0].Body);
        Assert.Equal([2], _inquiry.Outcome()[1].Body!);
    }
}
