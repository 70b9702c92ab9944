using System.Collections.Concurrent;
using CsCheck;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class SendQueueTests
{
    private const int Limit = 1000;
    private const int PerFrame = 64;

    private static readonly byte[] Empty = [];

    private readonly SendQueue _queue = new(Limit);

    [Fact]
    public void The_first_frame_makes_its_sender_the_writer_until_nothing_waits()
    {
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Add(Numbered(1)));
        Assert.Equal(SendQueue.Added.Queued, _queue.Add(Numbered(2)));
        Assert.Equal([1, 2], WriteAll(_queue, out var last));
        Assert.False(last);
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Add(Numbered(3)));
    }

    [Fact]
    public void A_writer_at_work_is_left_to_write_what_comes_last()
    {
        _queue.Add(Numbered(1));

        Assert.Equal(SendQueue.Added.Queued, _queue.Complete());
        Assert.Equal([1], WriteAll(_queue, out var last));
        Assert.True(last);
    }

    [Fact]
    public void Where_nobody_writes_who_completes_it_writes_what_comes_last()
    {
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Complete());
        Assert.Empty(WriteAll(_queue, out var last));
        Assert.True(last);
    }

    [Fact]
    public void Once_completed_it_takes_nothing_more()
    {
        _queue.Complete();

        Assert.Equal(SendQueue.Added.Dropped, _queue.Add(Numbered(1)));
        Assert.Equal(SendQueue.Added.Dropped, _queue.Complete());
    }

    [Fact]
    public void A_frame_over_the_limit_is_taken_where_no_other_waits() =>
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Add(new byte[Limit * 2]));

    [Fact]
    public void What_exceeds_the_limit_ends_the_queue_and_frees_what_waits()
    {
        _queue.Add(new byte[Limit - PerFrame - PerFrame]);
        Assert.Equal(SendQueue.Added.Queued, _queue.Add(Empty));

        Assert.Equal(SendQueue.Added.Overflow, _queue.Add(Empty));
        Assert.Equal(SendQueue.Added.Dropped, _queue.Add(Empty));
        Assert.Empty(WriteAll(_queue, out var last));
        Assert.True(last);
    }

    [Fact]
    public void Frames_are_written_when_the_writer_says_so()
    {
        _queue.Add(Empty);
        _queue.Add(Empty);
        _queue.TryTake(out _);
        Assert.Equal(0, _queue.Written);

        Assert.False(_queue.TryEnd(out _));
        Assert.Equal(1, _queue.Written);
        _queue.TryTake(out _);
        Assert.False(_queue.TryTake(out _));
        Assert.Equal(1, _queue.Written);
        Assert.True(_queue.TryEnd(out _));
        Assert.Equal(2, _queue.Written);
    }

    [Fact]
    public void What_was_dropped_counts_when_all_before_it_does()
    {
        _queue.Add(Empty);
        _queue.Complete();
        _queue.Add(Empty);
        Assert.Equal(0, _queue.Written);

        _queue.TryTake(out _);
        _queue.Add(Empty);
        Assert.Equal(0, _queue.Written);
        _queue.TryEnd(out _);
        Assert.Equal(3, _queue.Written);
    }

    [Fact]
    public void Who_is_woken_while_it_writes_comes_once_more()
    {
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Wake());
        Assert.Equal(SendQueue.Added.Queued, _queue.Wake());

        Assert.False(_queue.TryEnd(out _));
        Assert.True(_queue.TryEnd(out _));
        Assert.Equal(SendQueue.Added.CallerWrites, _queue.Wake());
        _queue.Complete();
        Assert.Equal(SendQueue.Added.Dropped, _queue.Wake());
    }

    [Fact]
    public void What_is_abandoned_counts_at_once_and_so_does_what_still_comes()
    {
        _queue.Add(Empty);
        _queue.Add(Empty);
        _queue.TryTake(out _);

        _queue.Abandon();
        Assert.Equal(2, _queue.Written);
        Assert.Equal(SendQueue.Added.Dropped, _queue.Add(Empty));
        Assert.Equal(3, _queue.Written);
    }

    /// <summary>Any order of frames, of the writer's steps and of the end, against a plain list.</summary>
    [Fact]
    public void It_keeps_order_and_bound_and_has_one_writer() =>
        Gen.Int[-10, 400].Array[1, 100].Sample(steps =>
        {
            var queue = new SendQueue(Limit);
            var waiting = new Queue<int>();
            var (writing, completed) = (false, false);
            var (added, written, inHand) = (0L, 0L, 0);
            foreach (var step in steps)
            {
                var allDone = completed && inHand == 0 && waiting.Count == 0;
                Assert.Equal(allDone ? added : written, queue.Written);
                added += step >= 0 ? 1 : 0;
                if (step == -10)
                {
                    Assert.Equal(completed ? SendQueue.Added.Dropped : Expected(writing), queue.Complete());
                    writing |= !completed;
                    completed = true;
                }
                else if (step >= -5 && step < 0 && writing)
                {
                    var isTaken = queue.TryTake(out var frame);
                    Assert.Equal(waiting.TryDequeue(out var size) ? size : null, frame?.Length);
                    inHand += isTaken ? 1 : 0;
                }
                else if (step < 0)
                {
                    if (!writing)
                        continue;
                    writing = !queue.TryEnd(out var last);
                    Assert.Equal(waiting.Count > 0, writing);
                    Assert.Equal(completed, last);
                    written += inHand;
                    inHand = 0;
                }
                else if (completed)
                {
                    Assert.Equal(SendQueue.Added.Dropped, queue.Add(new byte[step]));
                }
                else if (waiting.Count == 0 || waiting.Sum(size => size + PerFrame) + step + PerFrame <= Limit)
                {
                    Assert.Equal(Expected(writing), queue.Add(new byte[step]));
                    waiting.Enqueue(step);
                    writing = true;
                }
                else
                {
                    Assert.Equal(SendQueue.Added.Overflow, queue.Add(new byte[step]));
                    waiting.Clear();
                    completed = true;
                }
            }
        });

    [Fact]
    public async Task Of_many_senders_one_writes_at_a_time_and_each_ones_frames_keep_their_order()
    {
        const int Senders = 4;
        const int Frames = 20_000;
        var queue = new SendQueue(int.MaxValue);
        var written = new ConcurrentQueue<int>();
        var writers = 0;

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Frames; i++)
            {
                if (queue.Add(Numbered((sender * Frames) + i)) != SendQueue.Added.CallerWrites)
                    continue;

                Assert.Equal(1, Interlocked.Increment(ref writers));
                do
                {
                    while (queue.TryTake(out var frame))
                        written.Enqueue(BitConverter.ToInt32(frame.Value.Span));

                    // The word goes on as soon as nothing is left to take, so this one counts as gone before it asks.
                    Assert.Equal(0, Interlocked.Decrement(ref writers));
                }
                while (!queue.TryEnd(out _) && Interlocked.Increment(ref writers) == 1);
            }
        })));

        Assert.Equal(Senders * Frames, written.Count);
        Assert.All(
            written.GroupBy(number => number / Frames),
            ofOne => Assert.Equal(Enumerable.Range(ofOne.Key * Frames, Frames), ofOne));
    }

    private static SendQueue.Added Expected(bool writing) =>
        writing ? SendQueue.Added.Queued : SendQueue.Added.CallerWrites;

    private static byte[] Numbered(int number) => BitConverter.GetBytes(number);

    private static List<int> WriteAll(SendQueue queue, out bool last)
    {
        var numbers = new List<int>();
        do
        {
            while (queue.TryTake(out var frame))
                numbers.Add(BitConverter.ToInt32(frame.Value.Span));
        }
        while (!queue.TryEnd(out last));
        return numbers;
    }
}
