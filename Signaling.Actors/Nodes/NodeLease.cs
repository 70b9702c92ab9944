using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>The lease of this node, for all who have to look at it before they act. Thread-safe.</summary>
/// <param name="clock">The clock that the lease is counted by: the actor system's scheduler.</param>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process, and its token source holds nothing.")]
public sealed class NodeLease(ITimeProvider clock) : ILease
{
    private const long NotYet = long.MinValue;
    private const long Over = long.MinValue + 1;

    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _until = NotYet; // ms

    /// <summary>
    /// Is cancelled when the lease is over for good: the node has to close its sockets and end. It may come a moment later
    /// than <see cref="IsHeld"/> turns false.
    /// </summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Completes when it is held for the first time: the node may begin to serve.</summary>
    public Task Begun => _begun.Task;

    /// <inheritdoc/>
    public bool IsHeld => IsHeldUntil(Volatile.Read(ref _until));

    private long Now => (long)clock.MonotonicClock.TotalMilliseconds;

    /// <summary>The lease runs until then, unless it is over already.</summary>
    /// <param name="until">In ms of the clock.</param>
    public void RunUntil(long until)
    {
        var before = Volatile.Read(ref _until);
        while (before == NotYet || IsHeldUntil(before))
        {
            var found = Interlocked.CompareExchange(ref _until, until, before);
            if (found == before)
            {
                _begun.TrySetResult();
                return;
            }

            before = found;
        }
    }

    /// <summary>The lease is over.</summary>
    public void End()
    {
        Volatile.Write(ref _until, Over);
        _ = _ended.CancelAsync(); // whoever closes sockets then must not hold up the caller
    }

    private bool IsHeldUntil(long until)
    {
        if (until is NotYet or Over)
            return false;
        if (Now <= until)
            return true;

        // A renewal that comes late must not bring it back: others may act on its end. One that came in time wins.
        var found = Interlocked.CompareExchange(ref _until, Over, until);
        return found != until && IsHeldUntil(found);
    }
}
