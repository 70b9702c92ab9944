using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class SendWindowTests
{
    private static readonly LinkName Link = new(new ConnectionUid(1, 10), 1);
    private static readonly ConnectionUid Self = new(1, 10);
    private static readonly ConnectionUid Other = new(2, 20);
    private readonly Budget _budget = new();
    private readonly SendWindow _window;
    private long _now = 1_000_000;

    public SendWindowTests() => _window = new SendWindow(_budget);

    [Fact]
    public void What_is_sent_is_numbered_from_1_on()
    {
        Assert.Equal(1, _window.Next);
        Assert.True(Adds(100));
        Assert.True(Adds(100));
        Assert.Equal(3, _window.Next);
    }

    [Fact]
    public void Nothing_is_due_when_all_is_received()
    {
        Assert.Equal(long.MaxValue, _window.Due);
        Adds(100);
        Assert.Equal(_now + SendWindow.Patience, _window.Due);
        Assert.True(_window.IsOutstanding);

        Takes(received: 1);

        Assert.False(_window.IsOutstanding);
        Assert.Equal(long.MaxValue, _window.Due);
    }

    [Fact]
    public void Room_is_what_is_not_yet_written()
    {
        Adds(SendWindow.Size - 10);
        Assert.True(_window.HasRoomFor(10));
        Assert.False(_window.HasRoomFor(11));

        Takes(received: 1);
        Assert.False(_window.HasRoomFor(11));

        Takes(received: 1, written: 1);
        Assert.True(_window.HasRoomFor(SendWindow.Size));
        Assert.Equal((0, 0), (_window.Bytes, _budget.Used));
    }

    [Fact]
    public void A_single_frame_has_room_however_large()
    {
        Assert.True(_window.HasRoomFor(int.MaxValue));
        Adds(1);
        Assert.False(_window.HasRoomFor(SendWindow.Size));
    }

    [Fact]
    public void What_is_said_again_or_out_of_turn_counts_once()
    {
        AddsMany(3);
        Takes(received: 3, written: 2);
        Takes(received: 1, written: 1);
        Takes(received: 3, written: 2);

        Assert.Equal(100, _window.Bytes);
        Assert.False(_window.IsOutstanding);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(2, 3)]
    public void What_cannot_be_is_not_believed(long received, long written)
    {
        AddsMany(3);
        Takes(received, written);

        Assert.Equal(300, _window.Bytes);
        Assert.Equal([1L, 2, 3], TicksAfter(SendWindow.Patience));
    }

    [Fact]
    public void After_half_a_second_of_silence_all_that_is_little_is_sent_again()
    {
        AddsMany(3);

        Assert.Empty(TicksAfter(SendWindow.Patience - 1));
        Assert.Equal([1L, 2, 3], TicksAfter(1, silent: true));
    }

    [Fact]
    public void Of_much_only_the_first_is_sent_again_and_the_rest_when_it_has_arrived()
    {
        AddsMany(3, length: SendWindow.Size / 3);

        Assert.Equal([1L], TicksAfter(SendWindow.Patience, silent: true));
        Assert.Equal([2L, 3], Takes(received: 1));
        Assert.Empty(Takes(received: 2));
    }

    [Fact]
    public void What_is_new_waits_while_the_first_is_repeated()
    {
        AddsMany(2, length: SendWindow.Size / 3);
        TicksAfter(SendWindow.Patience);

        Assert.False(Adds(100));
        Assert.Equal([2L, 3], Takes(received: 1));
        Assert.True(Adds(100));
    }

    [Fact]
    public void The_pause_doubles_up_to_two_seconds_and_only_the_first_is_sent_again()
    {
        AddsMany(3);
        TicksAfter(SendWindow.Patience);

        foreach (var pause in new[] { 1_000, 2_000, 2_000, 2_000 })
        {
            Assert.Empty(TicksAfter(pause - 1));
            Assert.Equal([1L], TicksAfter(1, silent: true));
        }
    }

    [Fact]
    public void Progress_ends_the_silence_and_the_long_pauses()
    {
        AddsMany(3);
        TicksAfter(SendWindow.Patience);
        TicksAfter(1_000);
        TicksAfter(1_900);
        Takes(received: 1);

        Assert.Equal(_now + SendWindow.Patience, _window.Due);
        Assert.Empty(TicksAfter(SendWindow.Patience - 1));
    }

    [Fact]
    public void What_is_sent_meanwhile_does_not_put_the_repeat_off()
    {
        Adds(100);
        _now += 300;
        Adds(100);

        Assert.Equal([1L, 2], TicksAfter(200, silent: true));
    }

    [Fact]
    public void An_other_end_that_is_full_is_not_silent_and_gets_the_first_from_time_to_time()
    {
        AddsMany(3);
        Assert.Empty(Takes(received: 1, full: true));

        Assert.False(Adds(100));
        Assert.Equal([2L], TicksAfter(SendWindow.Patience, silent: false));
        Assert.Equal([2L], TicksAfter(2 * SendWindow.Patience, silent: false));
    }

    [Fact]
    public void All_is_sent_again_when_a_full_other_end_has_room()
    {
        AddsMany(3);
        Takes(received: 1, full: true);

        Assert.Equal([2L, 3], Takes(received: 1));
        Assert.True(Adds(100));
    }

    [Fact]
    public void On_another_way_all_is_sent_again_at_once_but_to_one_that_is_full()
    {
        AddsMany(2);
        Assert.Equal([1L, 2], NumbersOf(_window.SendAgain(_now)));

        Takes(received: 0, full: true);
        Assert.Empty(_window.SendAgain(_now));
    }

    [Fact]
    public void Another_way_gets_its_time_before_it_is_thought_silent()
    {
        AddsMany(2);
        TicksAfter(SendWindow.Patience);
        _now += 400;
        Assert.Equal([1L, 2], NumbersOf(_window.SendAgain(_now)));

        Assert.Equal(_now + SendWindow.Patience, _window.Due);
    }

    [Fact]
    public void The_other_end_is_asked_when_all_is_received_and_nothing_said_about_the_rest()
    {
        Adds(100);
        Takes(received: 1);

        Assert.False(_window.TryAsk(_now + SendWindow.Patience - 1));
        Assert.True(_window.TryAsk(_now + SendWindow.Patience));
        Assert.False(_window.TryAsk(_now + (3 * SendWindow.Patience) - 1));
        Assert.True(_window.TryAsk(_now + (3 * SendWindow.Patience)));
    }

    [Fact]
    public void Nobody_is_asked_while_something_is_repeated_or_when_all_is_written()
    {
        Adds(100);
        Assert.False(_window.TryAsk(_now + 10_000));

        Takes(received: 1, written: 1);
        Assert.False(_window.TryAsk(_now + 10_000));
    }

    [Fact]
    public void A_link_that_is_over_keeps_nothing()
    {
        AddsMany(3);
        _window.Close();

        Assert.Equal((0, 0), (_window.Bytes, _budget.Used));
        Assert.False(_window.IsOutstanding);
        Assert.Equal(long.MaxValue, _window.Due);
    }

    private static long[] NumbersOf(IEnumerable<ILinkPart> parts) => [.. parts.OfType<LinkFrame>().Select(part => part.Number)];

    private bool Adds(int length) =>
        _window.Add(new LinkFrame(Link, Self, Other, _window.Next, Memory<byte>.Empty, More: false), length, _now);

    private void AddsMany(int count, int length = 100)
    {
        for (; count > 0; count--)
            Adds(length);
    }

    private long[] Takes(long received, long written = 0, bool full = false) =>
        NumbersOf(_window.Take(new LinkAck(Link, Other, Self, received, written, full), _now, out _));

    private long[] TicksAfter(long milliseconds, bool? silent = null)
    {
        _now += milliseconds;
        var again = NumbersOf(_window.Tick(_now, out var isSilent));
        Assert.Equal(silent ?? isSilent, isSilent);
        return again;
    }
}
