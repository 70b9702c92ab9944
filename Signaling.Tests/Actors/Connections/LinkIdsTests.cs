using CsCheck;
using Signaling.Actors.Connections;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

public sealed class LinkIdsTests
{
    private const int First = 16384;
    private const int Positive = 16384;
    private readonly LinkIds _ids = new();
    private readonly HashSet<short> _inUse = [];

    [Fact]
    public void Ids_start_at_16384_and_count_up() => Assert.Equal([16384, 16385, 16386], TakeMany(3));

    [Fact]
    public void A_freed_id_comes_again_only_after_all_others()
    {
        var first = Take();
        for (var turn = 1; turn < Positive; turn++)
        {
            _inUse.Remove(first);
            Assert.Equal(First + turn, Take());
        }

        Assert.Equal(First, Take());
    }

    [Fact]
    public void Ids_in_use_are_skipped_whoever_chose_them()
    {
        _inUse.UnionWith([16384, 16386, 16387]);

        Assert.Equal([16385, 16388], TakeMany(2));
    }

    [Fact]
    public void When_the_positive_ids_are_in_use_the_negative_ones_follow()
    {
        TakeMany(Positive);

        Assert.Equal([short.MinValue, short.MinValue + 1], TakeMany(2));
    }

    [Fact]
    public void An_id_freed_among_the_first_is_preferred()
    {
        TakeMany(Positive + 1);
        _inUse.Remove(20_000);

        Assert.Equal([20_000, short.MinValue + 1], TakeMany(2));
    }

    [Fact]
    public void All_65535_ids_can_be_in_use_and_minus_one_never_is()
    {
        UseAllBut(-2, -1, 0, 16383);

        Assert.Equal([-2, 0, 16383], TakeMany(3));
        Assert.False(_ids.TryTake(_inUse.Contains, out _));
    }

    [Fact]
    public void An_id_freed_when_all_were_in_use_is_found()
    {
        UseAllBut(-1);
        Assert.False(_ids.TryTake(_inUse.Contains, out _));

        _inUse.Remove(5);

        Assert.Equal(5, Take());
    }

    [Fact]
    public void No_order_of_taking_and_freeing_gives_an_id_twice_or_minus_one() =>
        Gen.Int[-3, 20].Array[1, 200].Sample(steps =>
        {
            var ids = new LinkIds();
            var inUse = new List<short>();
            foreach (var step in steps)
            {
                if (step >= 0 && step < inUse.Count)
                {
                    inUse.RemoveAt(step);
                    continue;
                }

                Assert.True(ids.TryTake(inUse.Contains, out var id));
                Assert.DoesNotContain(id, inUse);
                Assert.NotEqual(-1, id);
                inUse.Add(id);
            }
        });

    private void UseAllBut(params int[] free) =>
        _inUse.UnionWith(Enumerable.Range(short.MinValue, 0x10000).Except(free).Select(id => (short)id));

    private short Take()
    {
        Assert.True(_ids.TryTake(_inUse.Contains, out var id));
        Assert.True(_inUse.Add(id), "given out twice");
        return id;
    }

    private short[] TakeMany(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];
}
