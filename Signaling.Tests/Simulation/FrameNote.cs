using System.Buffers.Binary;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>Says what a message on a socket is, for traces.</summary>
internal static class FrameNote
{
    public static string Of(ReadOnlySpan<byte> frame)
    {
        if (!FrameHeader.TryRead(frame, out var header))
            return frame is [var one] ? $"{one}" : "something else";

        var type = (int)header.Type;
        return header switch
        {
            { DataType: EventDataType.String } => $"{type}, id {header.Id}, '{Frame.ReadString(frame, header)}'",
            { DataType: EventDataType.Bytes } when frame.Length >= 20 =>
                $"{type}, id {header.Id}, number {BinaryPrimitives.ReadInt32LittleEndian(frame[12..])} of link {BinaryPrimitives.ReadInt32LittleEndian(frame[8..])}, {frame.Length} bytes",
            _ => $"{type}, id {header.Id}",
        };
    }
}
