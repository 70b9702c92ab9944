using System.Buffers;

namespace Signaling.Gateway.WebSockets;

/// <summary>Writes whole messages and control frames of the server.</summary>
internal static class FrameWriter
{
    /// <summary>Writes one.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="opcode">What it is.</param>
    /// <param name="payload">Its payload.</param>
    public static void WriteFrame(this IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        output.Advance(FrameHead.Write(output.GetSpan(FrameHead.MaxSize), opcode, payload.Length));
        output.Write(payload);
    }
}
