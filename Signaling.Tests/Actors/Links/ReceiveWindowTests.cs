using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class ReceiveWindowTests
{
    private static readonly LinkName Link = new(new ConnectionUid(1, 10), 1);
    private static readonly ConnectionUid Self = new(2, 20);
    private static readonly ConnectionUid Other = new(1, 10);
    private readonly Budget _room = new();
    private readonly ReceiveWindow _window;

    public ReceiveWindowTests() => _window = new ReceiveWindow(_room);

    [Fact]
    public void Each_number_is_taken_once_and_in_its_turn()
    {
        Assert.False(Takes(2));
        Assert.True(Takes(1));
        Assert.False(Takes(1));
        Assert.True(Takes(2));
        Assert.False(Takes(1));
        Assert.Equal(2, _window.Received);
    }

    [Fact]
    public void The_end_is_taken_in_its_turn()
    {
        Assert.False(_window.TryTake(new LinkEnd(Link, Other, Self, 2)));
        Takes(1);
        Assert.True(_window.TryTake(new LinkEnd(Link, Other, Self, 2)));
        Assert.False(_window.TryTake(new LinkEnd(Link, Other, Self, 2)));
        Assert.Equal(2, _window.Received);
    }

    [Fact]
    public void The_pieces_of_a_frame_make_it_up_and_take_its_room_when_it_begins()
    {
        var frame = FrameOf(100);

        Assert.False(Takes(1, frame[..40], more: true));
        Assert.Equal(100, _room.Used);
        Assert.False(Takes(2, frame[40..80], more: true));
        Assert.True(_window.TryTake(PartOf(3, frame[80..], more: false), out var whole));
        Assert.True(whole.Span.SequenceEqual(frame.Span));
        Assert.Equal(100, _room.Used);
        Assert.Equal(3, _window.Received);
    }

    [Fact]
    public void What_does_not_fit_is_not_received_and_fits_later()
    {
        _room.Take(Budget.Limit - 50);

        Assert.False(Takes(1));
        Assert.True(_window.IsFull);
        Assert.Equal(0, _window.Received);

        _room.Return(50);
        Assert.True(Takes(1));
        Assert.False(_window.IsFull);
    }

    [Fact]
    public void A_frame_that_has_begun_is_taken_to_its_end()
    {
        var frame = FrameOf(100);
        Takes(1, frame[..40], more: true);
        _room.Take(Budget.Limit);

        Assert.True(Takes(2, frame[40..], more: false));
        Assert.False(_window.IsFull);
    }

    [Fact]
    public void A_frame_larger_than_all_the_room_is_taken_when_nothing_waits()
    {
        Assert.True(Takes(1, FrameOf(Budget.Limit + 1), more: false));
        Assert.False(Takes(2));
        Assert.True(_window.IsFull);
    }

    [Fact]
    public void What_comes_out_of_its_turn_does_not_make_the_window_full()
    {
        _room.Take(Budget.Limit);

        Assert.False(Takes(2));
        Assert.False(_window.IsFull);
    }

    [Fact]
    public void It_is_open_again_when_it_says_so()
    {
        _room.Take(Budget.Limit);
        Takes(1);

        _window.Reopen();

        Assert.False(_window.IsFull);
    }

    [Fact]
    public void A_damaged_frame_is_received_and_takes_no_room()
    {
        Assert.False(Takes(1, FrameOf(100)[..99], more: false));
        Assert.Equal((1, 0), (_window.Received, _room.Used));

        Assert.False(Takes(2, FrameOf(100)[..40], more: true));
        Assert.False(Takes(3, FrameOf(100)[..10], more: false));
        Assert.Equal((3, 0), (_window.Received, _room.Used));
    }

    [Fact]
    public void A_link_that_is_over_gives_back_the_room_of_a_frame_that_has_begun()
    {
        Takes(1);
        Takes(2, FrameOf(500)[..40], more: true);
        Assert.Equal(600, _room.Used);

        _window.Close();
        _window.Close();

        Assert.Equal(100, _room.Used);
    }

    [Fact]
    public void Much_that_is_written_is_told_at_once_and_little_later()
    {
        Assert.False(_window.Wrote(1, ReceiveWindow.PromptBytes - 1));
        Assert.True(_window.Wrote(2, 1));
        Assert.Equal(2, _window.Written);

        _window.Told();

        Assert.False(_window.Wrote(3, ReceiveWindow.PromptBytes - 1));
    }

    private static Memory<byte> FrameOf(int length) =>
        Frame.Of(EventType.ReliableMessageReceived, 5, new byte[length - FrameHeader.DataOffset]);

    private static LinkFrame PartOf(long number, Memory<byte> data, bool more) => new(Link, Other, Self, number, data, more);

    private bool Takes(long number) => Takes(number, FrameOf(100), more: false);

    private bool Takes(long number, Memory<byte> data, bool more) => _window.TryTake(PartOf(number, data, more), out _);
}
