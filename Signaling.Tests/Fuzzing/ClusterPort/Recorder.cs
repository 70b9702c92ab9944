using System.Collections.Concurrent;
using Akka.Remote.Transport;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>Hears what a node says by an association, as Akka would.</summary>
internal sealed class Recorder : IHandleEventListener
{
    private readonly ConcurrentQueue<byte[]> _messages = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<byte[]>? _heard;
    private int _ends;

    /// <param name="heard">Is told of each message.</param>
    public Recorder(Action<byte[]>? heard = null) => _heard = heard;

    /// <summary>What was heard.</summary>
    public byte[][] Messages => [.. _messages];

    /// <summary>How often its end was.</summary>
    public int Ends => Volatile.Read(ref _ends);

    /// <summary>Completes with its end.</summary>
    public Task Ended => _ended.Task;

    public void Notify(IHandleEvent ev)
    {
        switch (ev)
        {
            case InboundPayload { Payload: var payload }:
                _messages.Enqueue(payload.ToByteArray());
                _heard?.Invoke(payload.ToByteArray());
                break;
            case Disassociated:
                Interlocked.Increment(ref _ends);
                _ended.TrySetResult();
                break;
        }
    }

    /// <summary>Throws where that is not what the other side has said.</summary>
    /// <param name="expected">What it has said.</param>
    /// <param name="isAll">Whether all of it must have been heard.</param>
    public void Check(PlainPort expected, bool isAll)
    {
        var (heard, sent) = (Messages, expected.Refused is null ? expected.Messages : []);
        FuzzException.Unless(
            heard.Length <= sent.Count && heard.Zip(sent).All(both => both.First.AsSpan().SequenceEqual(both.Second)), "A node's messages are not heard as it has sent them.");
        FuzzException.Unless(!isAll || expected.EndsWrong || heard.Length == sent.Count, $"Of {sent.Count} messages of a node {heard.Length} are heard.");
        FuzzException.Unless(Ends == 1, $"The end of an association is heard {Ends} times.");
    }
}
