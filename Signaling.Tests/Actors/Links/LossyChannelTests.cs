using CsCheck;
using Signaling.Actors.Links;
using Xunit;

namespace Signaling.Tests.Actors.Links;

/// <summary>Windows of three links between two connections, whatever their channel does.</summary>
public sealed class LossyChannelTests
{
    private const int Links = 3;
    private static readonly int[] Lengths = [12, 100, 4_000, 31 * 1024, 100_000, 200_000, 256 * 1024, 300_000, 1_200_000];

    private static readonly Gen<Step[]> Histories =
        Gen.Select(Gen.Enum<Move>(), Gen.Int[0, Links - 1], Gen.Int[0, 99], (move, link, which) => new Step(move, link, which))
            .Array[0, 300];

    private enum Move
    {
        Send,
        Deliver,
        DeliverNext,
        DeliverTwice,
        Lose,
        LoseAll,
        Write,
        Tell,
        DeliverWord,
        LoseWord,
        Wait,
        End,
    }

    [Fact]
    public void The_receiver_gets_a_gapless_prefix_in_order_and_all_of_it_when_the_channel_heals() =>
        Histories.Sample(
            history =>
            {
                var (sent, room, now) = (new Budget(), new Budget(), 0L);
                LossyLink[] links = [.. Enumerable.Range(0, Links).Select(_ => new LossyLink(sent, room))];
                foreach (var step in history)
                    Do(step, links[step.Link], ref now);

                for (var round = 0; round < 100 && !links.All(link => link.AllHasArrived); round++)
                    Heal(links, now += 250);

                Assert.All(links, link => Assert.True(link.AllHasArrived, "something never arrives"));
                Assert.Equal((0, 0), (sent.Used, room.Used));
            },
            iter: 2_000);

    [Fact]
    public void No_window_and_no_budget_is_exceeded_but_by_a_single_frame() =>
        Histories.Sample(
            history =>
            {
                var (sent, room, now, longest) = (new Budget(), new Budget(), 0L, 0);
                LossyLink[] links = [.. Enumerable.Range(0, Links).Select(_ => new LossyLink(sent, room))];
                foreach (var step in history)
                {
                    if (step.Move == Move.Send)
                        longest = Math.Max(longest, step.Length);
                    Do(step, links[step.Link], ref now);

                    Assert.Equal(sent.Used, links.Sum(link => link.Unwritten));
                    Assert.All(links, link => Assert.InRange(link.Unwritten, 0, Math.Max(SendWindow.Size, longest)));
                    Assert.InRange(sent.Used, 0, Math.Max(Budget.Limit, longest));
                    Assert.InRange(room.Used, 0, Math.Max(Budget.Limit, longest));
                }
            },
            iter: 2_000);

    private static void Do(Step step, LossyLink link, ref long now)
    {
        switch (step.Move)
        {
            case Move.Send:
                link.TrySend(step.Length, now);
                break;
            case Move.Deliver when link.Parts.Count > 0:
                link.Deliver(TakeFrom(link.Parts, step.Which));
                break;
            case Move.DeliverNext:
                for (var count = step.Which; count > 0 && link.Parts.Count > 0; count--)
                    link.Deliver(TakeFrom(link.Parts, 0));
                break;
            case Move.DeliverTwice when link.Parts.Count > 0:
                link.Deliver(link.Parts[step.Which % link.Parts.Count]);
                break;
            case Move.Lose when link.Parts.Count > 0:
                TakeFrom(link.Parts, step.Which);
                break;
            case Move.LoseAll when step.Which < 10:
                link.Parts.Clear();
                break;
            case Move.Write:
                link.Write(step.Which % 5);
                break;
            case Move.Tell:
                link.Tell();
                break;
            case Move.DeliverWord when link.Acks.Count > 0:
                link.Deliver(TakeFrom(link.Acks, step.Which), now);
                break;
            case Move.LoseWord when link.Acks.Count > 0:
                TakeFrom(link.Acks, step.Which);
                break;
            case Move.Wait:
                now += step.Which * 10;
                link.Tick(now);
                break;
            case Move.End when step.Which < 10:
                link.End(now);
                break;
        }
    }

    private static void Heal(LossyLink[] links, long now)
    {
        foreach (var link in links)
        {
            link.Tick(now);
            while (link.Parts.Count > 0)
            {
                link.Deliver(TakeFrom(link.Parts, 0));
                link.Tell();
            }

            if (link.Write(int.MaxValue))
                link.Tell();
            while (link.Acks.Count > 0)
                link.Deliver(TakeFrom(link.Acks, 0), now);
        }
    }

    private static T TakeFrom<T>(List<T> list, int index)
    {
        var item = list[index % list.Count];
        list.Remove(item);
        return item;
    }

    private readonly record struct Step(Move Move, int Link, int Which)
    {
        public int Length => Lengths[Which % Lengths.Length];
    }
}
