using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Signaling.Actors.Dispatch;

/// <summary>
/// The messages that wait for an actor: a chain of one node for each, behind the node of the one that was taken last. Akka's own
/// queue has room for 32 from its beginning, which is more than all else of an idle actor.
/// Any thread may add; one at a time takes, which is how Akka runs an actor.
/// </summary>
/// <remarks>It is Dmitry Vyukov's queue for many producers and one consumer.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "Akka calls what it is a message queue.")]
public sealed class LeanMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private Node _taken = new(default);
    private Node _last;

    /// <summary>An empty one.</summary>
    public LeanMessageQueue() => _last = _taken;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _taken) != Volatile.Read(ref _last);

    /// <summary>How many wait, while nobody takes any. It goes through all of them.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var node = Volatile.Read(ref _taken.Next); node is not null; node = Volatile.Read(ref node.Next))
                count++;
            return count;
        }
    }

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        // It is also the full fence that Akka needs between a message and its look at whether the actor runs already.
        var node = new Node(envelope);
        Volatile.Write(ref Interlocked.Exchange(ref _last, node).Next, node);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!HasMessages)
        {
            envelope = default;
            return false;
        }

        var before = _taken;
        var next = Volatile.Read(ref before.Next);
        for (var spin = default(SpinWait); next is null; next = Volatile.Read(ref before.Next))
            spin.SpinOnce(); // who adds it is between two instructions

        envelope = next.Envelope;
        next.Envelope = default;
        Volatile.Write(ref _taken, next);
        before.Next = null; // or an old node would keep all later ones from the collector
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private sealed class Node(Envelope envelope)
    {
        public Envelope Envelope = envelope;
        public Node? Next;
    }
}
