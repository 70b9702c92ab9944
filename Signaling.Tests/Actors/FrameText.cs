using Signaling.Actors.Protocol;

namespace Signaling.Tests.Actors;

/// <summary>A message on a peer's socket as text, such as <c>6 16384</c> or <c>3 -1 "room"</c>.</summary>
internal static class FrameText
{
    public static string Of(ReadOnlyMemory<byte> message)
    {
        if (!FrameHeader.TryRead(message.Span, out var header))
            return Convert.ToHexString(message.Span);

        var data = header.DataType switch
        {
            EventDataType.String => $" \"{Frame.ReadString(message.Span, header)}\"",
            EventDataType.Bytes => $" {Convert.ToHexString(message.Span[FrameHeader.DataOffset..])}",
            _ => "",
        };
        return $"{(byte)header.Type} {header.Id}{data}";
    }
}
