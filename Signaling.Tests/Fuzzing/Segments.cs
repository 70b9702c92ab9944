using System.Buffers;

namespace Signaling.Tests.Fuzzing;

/// <summary>Bytes in two pieces, as what was not taken and what has come since may be.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> Of(byte[] first, byte[] second)
    {
        var begin = new Segments { Memory = first };
        var end = new Segments { Memory = second, RunningIndex = first.Length };
        begin.Next = end;
        return new ReadOnlySequence<byte>(begin, 0, end, second.Length);
    }
}
