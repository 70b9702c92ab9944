using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Signaling.Actors.Dispatch;
using Xunit;

namespace Signaling.Tests.Actors.Dispatch;

public sealed class LeanMessageQueueTests : ActorTest
{
    private const int Senders = 4;
    private const int OfEach = 20_000;

    private readonly LeanMessageQueue _queue = new();

    [Fact]
    public void What_is_added_first_is_taken_first_with_its_sender()
    {
        var sender = CreateTestProbe();
        Add("first", sender);
        Add("second", ActorRefs.NoSender);
        Assert.Equal(2, _queue.Count);

        Assert.True(_queue.TryDequeue(out var envelope));
        Assert.Equal(("first", sender.Ref), (envelope.Message, envelope.Sender));
        Add("third", ActorRefs.NoSender);
        Assert.Equal("second", Take());
        Assert.True(_queue.HasMessages);
        Assert.Equal("third", Take());
    }

    [Fact]
    public void Nothing_is_in_an_empty_one()
    {
        Assert.False(_queue.TryDequeue(out _));
        Add("something", ActorRefs.NoSender);
        Take();

        Assert.False(_queue.TryDequeue(out _));
        Assert.False(_queue.HasMessages);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void It_keeps_nothing_that_was_taken()
    {
        var taken = AddAndTake();
        GC.Collect();

        Assert.False(taken.IsAlive);
        GC.KeepAlive(_queue);
    }

    [Fact]
    public void What_an_actor_leaves_behind_goes_to_the_dead_letters()
    {
        var deadLetters = new UnboundedMessageQueue();
        Add("first", ActorRefs.NoSender);
        Add("second", ActorRefs.NoSender);

        _queue.CleanUp(TestActor, deadLetters);

        Assert.Equal(2, deadLetters.Count);
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void Of_what_many_threads_add_at_once_nothing_is_lost_and_the_order_of_each_is_kept()
    {
        var threads = StartSenders((sender, number) => Add((sender, number), ActorRefs.NoSender));
        var next = new int[Senders];
        for (var left = Senders * OfEach; left > 0;)
        {
            if (!_queue.TryDequeue(out var envelope))
                continue;

            var (sender, number) = ((int, int))envelope.Message;
            Assert.Equal(next[sender]++, number);
            left--;
        }

        Array.ForEach(threads, thread => thread.Join());
        Assert.False(_queue.HasMessages);
    }

    [Fact]
    public void An_actor_that_is_told_something_while_it_falls_idle_runs_again()
    {
        var done = CreateTestProbe();
        var counter = Sys.ActorOf(new LeanProps<IActorRef>(LeanProps.Of<Counter>(), static done => new Counter(done), done));

        var threads = StartSenders((_, _) => counter.Tell(1));

        done.ExpectMsg("all", TimeSpan.FromMinutes(1));
        Array.ForEach(threads, thread => thread.Join());
    }

    private static Thread[] StartSenders(Action<int, int> send)
    {
        Thread[] threads = [.. Enumerable.Range(0, Senders).Select(sender => new Thread(() =>
        {
            for (var number = 0; number < OfEach; number++)
                send(sender, number);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        return threads;
    }

    private WeakReference AddAndTake()
    {
        var message = new object();
        Add(message, ActorRefs.NoSender);
        Take();
        return new WeakReference(message);
    }

    private void Add(object message, IActorRef? sender) => _queue.Enqueue(TestActor, new Envelope(message, sender!));

    private object Take()
    {
        Assert.True(_queue.TryDequeue(out var envelope));
        return envelope.Message;
    }

    private sealed class Counter(IActorRef done) : UntypedActor
    {
        private int _left = Senders * OfEach;

        protected override void OnReceive(object message)
        {
            if (--_left == 0)
                done.Tell("all");
        }
    }
}
