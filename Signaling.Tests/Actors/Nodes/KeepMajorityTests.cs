using CsCheck;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

public sealed class KeepMajorityTests
{
    private const long Never = KeepMajority.Never;
    private const MemberStage Joining = MemberStage.Joining;
    private const MemberStage Up = MemberStage.Up;
    private const MemberStage Leaving = MemberStage.Leaving;
    private const MemberStage Exiting = MemberStage.Exiting;

    private static readonly Gen<MemberStage> AnyStage = Gen.Enum<MemberStage>();

    [Fact]
    public void More_than_half_may_go_on() => Assert.Equal(5, HeldSince((Up, 9), (Up, 5), (Up, 2)));

    [Fact]
    public void Half_of_them_may_go_on_with_the_lowest_address() => Assert.Equal(5, HeldSince((Up, 5), (Up, 9), (Up, Never), (Up, 2)));

    [Fact]
    public void Half_of_them_may_not_go_on_without_the_lowest_address() =>
        Assert.Equal(2, HeldSince((Up, Never), (Up, 9), (Up, 5), (Up, 2)));

    [Fact]
    public void Of_two_the_one_with_the_lowest_address_goes_on_alone()
    {
        Assert.Equal(9, HeldSince((Up, 9), (Up, Never)));
        Assert.Equal(Never, HeldSince((Up, Never), (Up, 9)));
    }

    [Fact]
    public void Too_few_answers_are_none() => Assert.Equal(Never, HeldSince((Up, 9), (Up, Never), (Up, Never)));

    [Fact]
    public void One_that_goes_counts_neither_way() => Assert.Equal(7, HeldSince((Exiting, 9), (Up, 7), (Exiting, Never), (Exiting, Never)));

    [Fact]
    public void One_that_joins_may_count_on_the_other_side_already()
    {
        Assert.Equal(Never, HeldSince((Up, 9), (Up, Never), (Joining, Never)));
        Assert.Equal(3, HeldSince((Up, 9), (Up, Never), (Joining, 3)));
    }

    [Fact]
    public void One_that_leaves_may_count_on_the_other_side_no_more() =>
        Assert.Equal(2, HeldSince((Up, 2), (Up, 9), (Leaving, 9)));

    [Fact]
    public void Where_nobody_is_missing_all_may_leave_at_once() => Assert.Equal(4, HeldSince((Leaving, 4), (Leaving, 9)));

    [Fact]
    public void Two_sides_never_both_go_on()
    {
        var members = Gen.Select(AnyStage, Gen.Bool).List[1, 9];
        members.Sample(all => !(IsKept(all, side: true) && IsKept(all, side: false)), iter: 20_000);
    }

    [Fact]
    public void Two_sides_never_both_go_on_though_one_has_seen_members_move_on()
    {
        // All have seen each member at its stage before any sees it at the next one.
        var members = Gen.Select(AnyStage, Gen.Bool, Gen.Bool).List[1, 9];
        members.Sample(
            all =>
            {
                var before = all.Select(member => (member.Item1, member.Item2)).ToList();
                var after = all.Select(member => (member.Item3 ? Next(member.Item1) : member.Item1, member.Item2)).ToList();
                return !(IsKept(before, side: true) && IsKept(after, side: false));
            },
            iter: 50_000);
    }

    private static MemberStage Next(MemberStage stage) => stage switch
    {
        MemberStage.Joining => MemberStage.Up,
        MemberStage.Leaving => MemberStage.Exiting,
        _ => stage,
    };

    private static bool IsKept(List<(MemberStage Stage, bool Side)> members, bool side) =>
        HeldSince([.. members.Select(member => (member.Stage, member.Side == side ? 1 : Never))]) != Never;

    private static long HeldSince(params (MemberStage Stage, long Time)[] members) =>
        KeepMajority.HeldSince([.. members.Select((member, i) => (new NodeMember(i, "", member.Stage, IsReachable: true), member.Time))]);
}
