using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Signaling.Actors.Protocol;

/// <summary>Writes the messages that the server itself sends to a peer, and reads the strings of those it gets.</summary>
public static class Frame
{
    /// <summary>The version of the wire protocol that this server speaks.</summary>
    public const byte ProtocolVersion = 2;

    /// <summary>The answer to any message that begins with <see cref="EventType.MetaVersion"/>.</summary>
    public static byte[] Version() => [(byte)EventType.MetaVersion, ProtocolVersion];

    /// <summary>The answer to any message that begins with <see cref="EventType.MetaHeartbeat"/>.</summary>
    public static byte[] Heartbeat() => [(byte)EventType.MetaHeartbeat];

    /// <summary>A message without data.</summary>
    /// <param name="type">What it is about.</param>
    /// <param name="id">The id that its receiver knows the link by, or <see cref="FrameHeader.NoId"/>.</param>
    public static byte[] Of(EventType type, short id)
    {
        var frame = new byte[FrameHeader.Length];
        WriteHeader(frame, type, EventDataType.Null, id);
        return frame;
    }

    /// <summary>A message with a string, unit by unit: lone surrogates and NUL stay what they are.</summary>
    public static byte[] Of(EventType type, short id, string text)
    {
        var frame = new byte[FrameHeader.DataOffset + (text.Length * sizeof(char))];
        WriteHeader(frame, type, EventDataType.String, id);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FrameHeader.Length), (uint)text.Length);
        WriteUnits(text, frame.AsSpan(FrameHeader.DataOffset));
        return frame;
    }

    /// <summary>A message with bytes.</summary>
    public static byte[] Of(EventType type, short id, ReadOnlySpan<byte> data)
    {
        var frame = new byte[FrameHeader.DataOffset + data.Length];
        WriteHeader(frame, type, EventDataType.Bytes, id);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(FrameHeader.Length), (uint)data.Length);
        data.CopyTo(frame.AsSpan(FrameHeader.DataOffset));
        return frame;
    }

    /// <summary>The string of a message whose header says that it has one.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="header">Its header, of data type <see cref="EventDataType.String"/>.</param>
    public static string ReadString(ReadOnlySpan<byte> message, FrameHeader header)
    {
        var units = message[FrameHeader.DataOffset..header.FrameLength];
        if (BitConverter.IsLittleEndian)
            return new string(MemoryMarshal.Cast<byte, char>(units));

        return string.Create(units.Length / sizeof(char), units, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(char))..]);
        });
    }

    /// <summary>Writes the UTF-16 units of a text in the protocol's byte order.</summary>
    internal static void WriteUnits(string text, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(destination);
            return;
        }

        for (var i = 0; i < text.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * sizeof(char))..], text[i]);
    }

    private static void WriteHeader(Span<byte> frame, EventType type, EventDataType dataType, short id)
    {
        frame[0] = (byte)type;
        frame[1] = (byte)dataType;
        FrameHeader.RewriteId(frame, id);
    }
}
