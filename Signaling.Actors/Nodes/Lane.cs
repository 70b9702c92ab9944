using Akka.Actor;
using Akka.Dispatch;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The way from this node to another. Letters for it gather while the chain runs that writes them, and travel together. All arrive in the order in which they were added. Thread-safe.
/// </summary>
/// <param name="there">Who takes them at the other node.</param>
/// <param name="takesBags">Whether that node reads bags. One of the version before reads parcels alone.</param>
internal sealed class Lane(IActorRef there, bool takesBags) : IRunnable
{
    private readonly Lock _gate = new();
    private readonly Queue<Parcel> _waiting = new();
    private bool _isRunning;

    /// <summary>Sends a letter, with those of this thread's chain.</summary>
    public void Add(Parcel parcel)
    {
        lock (_gate)
        {
            _waiting.Enqueue(parcel);
            if (_isRunning)
                return;

            _isRunning = true;
        }

        Chain.RunLast(this);
    }

    void IRunnable.Run()
    {
        if (Chain.IsWide)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // what comes meanwhile travels along
        else
            HandOver();
    }

    void IThreadPoolWorkItem.Execute() => Chain.Begin(static lane => lane.HandOver(), this);

    // One thread does at a time, or a bag could overtake another.
    private void HandOver()
    {
        while (TryTake(out var parcels))
        {
            if (takesBags)
                there.Tell(new Bag(parcels), ActorRefs.NoSender);
            else
                parcels.ForEach(parcel => there.Tell(parcel, ActorRefs.NoSender));
        }
    }

    private bool TryTake(out List<Parcel> parcels)
    {
        lock (_gate)
        {
            parcels = new List<Parcel>(Math.Min(_waiting.Count, 64));
            for (var bytes = 0; _waiting.TryPeek(out var next); parcels.Add(_waiting.Dequeue()))
            {
                bytes += next.MostBytes;
                if (bytes > Bag.MaxBytes && parcels.Count > 0)
                    break;
            }

            return _isRunning = parcels.Count > 0;
        }
    }
}
