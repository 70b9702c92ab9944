using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>What measures the nodes has to be right by itself.</summary>
public sealed class MeasurementTests
{
    private static readonly Moment Start = new(1_000_000_000);

    [Fact]
    public void What_was_not_heard_came_twice_or_came_late_is_counted()
    {
        var way = new Direction();
        for (var i = 0; i < 10; i++)
            way.Say();
        foreach (var number in (int[])[0, 1, 3, 3, 2, 6])
            way.Hear(number, At(0), At(number));
        way.Hear(99, At(0), At(9));

        Assert.Equal((10, 5, 5, 2), (way.Said, way.Heard, way.Lost, way.Gaps));
        Assert.Equal((1, 1, 1), (way.Duplicates, way.OutOfOrder, way.Foreign));
    }

    [Fact]
    public void The_longest_hold_up_is_the_longest_way_or_gap()
    {
        var way = new Direction();
        for (var i = 0; i < 3; i++)
            way.Say();
        way.Hear(0, At(0), At(1));
        way.Hear(1, At(3), At(4));
        Assert.Equal(TimeSpan.FromSeconds(3), way.HoldUp(At(5)));

        way.Hear(2, At(0), At(5));
        Assert.Equal(TimeSpan.FromSeconds(5), way.HoldUp(At(60)));
    }

    [Fact]
    public void Two_that_hold_an_address_at_once_are_found()
    {
        var claims = new HolderClaims();
        claims.Begin("room", "first", 0, At(0)).GivenBack = At(2);
        claims.Begin("room", "second", 1, At(3)).GivenBack = At(5);
        claims.Begin("other", "third", 0, At(1));
        Assert.Empty(claims.Doubles(At(10)));

        claims.Begin("room", "fourth", 2, At(4));
        Assert.Contains("fourth on node 2", Assert.Single(claims.Doubles(At(10))), StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_socket_ended_held_its_address_until_the_last_word_that_was_answered()
    {
        var claims = new HolderClaims();
        var first = claims.Begin("room", "first", 0, At(0));
        (first.Proof, first.Told) = (At(4), At(9));
        claims.Begin("room", "second", 1, At(5));
        Assert.Empty(claims.Doubles(At(10)));

        first.Proof = At(6);
        Assert.Single(claims.Doubles(At(10)));
    }

    [Fact]
    public void Whose_node_was_stopped_held_its_address_until_the_end_of_its_lease()
    {
        var claims = new HolderClaims();
        var first = claims.Begin("room", "first", 0, At(0));
        first.Proof = At(2);
        claims.CutOff(0, At(2));
        first.Told = At(40);
        claims.Begin("room", "second", 1, At(10.5));
        Assert.Empty(claims.Doubles(At(50)));

        claims.Begin("room", "third", 1, At(9)).GivenBack = At(9.5);
        Assert.Single(claims.Doubles(At(50)));
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(claims.FreeAgain(0, At(2))));
    }

    [Fact]
    public void A_message_that_was_changed_on_its_way_is_nobodys()
    {
        var message = Talk.Write(Talk.Said, 1, 7, 42, At(1));
        Assert.True(Talk.TryRead(message.AsSpan(8), out var kind, out var conversation, out var number, out var at));
        Assert.Equal((Talk.Said, 7, 42, At(1)), (kind, conversation, number, at));

        message[^1]++;
        Assert.False(Talk.TryRead(message.AsSpan(8), out _, out _, out _, out _));
    }

    private static Moment At(double seconds) => Start + TimeSpan.FromSeconds(seconds);
}
