using Signaling.Actors.Connections;

namespace Signaling.Benchmarks.Rigs;

/// <summary>A peer's socket that has always written at once, and counts.</summary>
internal sealed class FakeSocket : IPeerSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _sent = new(0);
    private long _written;
    private long _awaited = long.MaxValue;

    /// <inheritdoc/>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>What was sent last.</summary>
    public ReadOnlyMemory<byte> Last { get; private set; }

    /// <inheritdoc/>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        Last = frame;
        if (Interlocked.Increment(ref _written) == Interlocked.Read(ref _awaited))
            _sent.Release();
    }

    /// <summary>Waits until so many messages were sent in all. Nearly always they were, on this very thread.</summary>
    public void Await(long messages)
    {
        if (Written >= messages)
            return;

        Interlocked.Exchange(ref _awaited, messages);
        if (Written < messages && !_sent.Wait(Patience))
            throw new TimeoutException($"Of {messages} messages {Written} have come within {Patience.TotalSeconds} s.");
        Interlocked.Exchange(ref _awaited, long.MaxValue);
    }

    /// <inheritdoc/>
    public void Consumed(int bytes)
    {
        // Nothing waits for room here.
    }

    /// <inheritdoc/>
    public void Ignored(IgnoredMessage reason) => throw new InvalidOperationException($"A message was ignored: {reason}.");

    /// <inheritdoc/>
    public void Refused(Refusal reason) => throw new InvalidOperationException($"A request was refused: {reason}.");

    /// <inheritdoc/>
    public void Happened(in PeerStep step)
    {
        // Not on the path of a message.
    }

    /// <inheritdoc/>
    public void Close(ushort status, string reason)
    {
        // Nothing is behind it.
    }
}
