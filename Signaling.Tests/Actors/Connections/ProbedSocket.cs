using Akka.Actor;
using Signaling.Actors.Connections;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A message that was sent to the peer.</summary>
internal sealed record Sent(string Frame);

/// <summary>A message of the peer that was dealt with.</summary>
internal sealed record Handled(int Bytes);

/// <summary>The socket was closed.</summary>
internal sealed record Closed(ushort Status);

/// <summary>A socket that tells a probe what it is asked to do, and fails on demand.</summary>
internal sealed class ProbedSocket(IActorRef probe) : IPeerSocket
{
    private long _sent;
    private long _held;

    public bool Fails { get; init; }

    public Action? WhenClosed { get; init; }

    public long Written => Interlocked.Read(ref _sent) - Interlocked.Read(ref _held);

    /// <summary>Lets so many messages wait.</summary>
    public void Hold(long messages) => Interlocked.Exchange(ref _held, messages);

    public void Send(ReadOnlyMemory<byte> frame)
    {
        if (Fails)
            throw new InvalidOperationException("The socket fails.");

        Interlocked.Increment(ref _sent);
        probe.Tell(new Sent(FrameText.Of(frame)), ActorRefs.NoSender);
    }

    public void Consumed(int bytes) => probe.Tell(new Handled(bytes), ActorRefs.NoSender);

    public void Ignored(IgnoredMessage reason) => probe.Tell(new Ignored(reason), ActorRefs.NoSender);

    public void Refused(Refusal reason) => probe.Tell(new Counted(reason), ActorRefs.NoSender);

    public void Happened(in PeerStep step)
    {
        // The state's own tests look at it.
    }

    public void Close(ushort status, string reason)
    {
        probe.Tell(new Closed(status), ActorRefs.NoSender);
        WhenClosed?.Invoke();
    }
}
