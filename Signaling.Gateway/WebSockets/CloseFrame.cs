using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Signaling.Gateway.WebSockets;

/// <summary>What a close frame says: RFC 6455, section 5.5.1.</summary>
/// <param name="Status">Why; <see cref="WebSocketCloseStatus.Empty"/> where it does not say.</param>
/// <param name="Reason">In words, at most 123 bytes of UTF-8.</param>
internal sealed record CloseFrame(WebSocketCloseStatus Status, string? Reason)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a peer's.</summary>
    /// <param name="payload">The frame's payload.</param>
    /// <param name="fault">What is wrong with it; null: nothing.</param>
    public static CloseFrame? Read(ReadOnlySpan<byte> payload, out FrameFault? fault)
    {
        fault = null;
        if (payload.IsEmpty)
            return new CloseFrame(WebSocketCloseStatus.Empty, Reason: null);

        if (!BinaryPrimitives.TryReadUInt16BigEndian(payload, out var status) || !MayBeSent(status))
        {
            fault = new FrameFault(WebSocketCloseStatus.ProtocolError, "Invalid close status");
            return null;
        }

        try
        {
            return new CloseFrame((WebSocketCloseStatus)status, Strict.GetString(payload[2..]));
        }
        catch (DecoderFallbackException)
        {
            fault = new FrameFault(WebSocketCloseStatus.InvalidPayloadData, "Invalid UTF-8");
            return null;
        }
    }

    /// <summary>The frame's payload.</summary>
    public byte[] ToPayload()
    {
        if (Status == WebSocketCloseStatus.Empty)
            return [];

        var payload = new byte[2 + Encoding.UTF8.GetByteCount(Reason ?? "")];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)Status);
        Encoding.UTF8.GetBytes(Reason ?? "", payload.AsSpan(2));
        return payload;
    }

    // Section 7.4: 1004 to 1006 and 1015 never travel, what lies between is not assigned.
    private static bool MayBeSent(ushort status) => status is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
