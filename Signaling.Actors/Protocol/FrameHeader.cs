using System.Buffers.Binary;

namespace Signaling.Actors.Protocol;

/// <summary>The header of one message on a peer's socket, read without allocating.</summary>
/// <param name="Type">What the message is about. Any byte: types unknown to this version are read too.</param>
/// <param name="DataType">What follows the header.</param>
/// <param name="Id">The id of the link the message is about; <see cref="NoId"/> where it is about none.</param>
/// <param name="FrameLength">
/// Length of header and data in bytes. A message can be longer: what stands behind its data means nothing.
/// </param>
public readonly record struct FrameHeader(EventType Type, EventDataType DataType, short Id, int FrameLength)
{
    /// <summary>The id of messages that are about no link.</summary>
    public const short NoId = -1;

    /// <summary>Bytes before the data's length.</summary>
    public const int Length = 4;

    /// <summary>Offset of the data, where there are any.</summary>
    public const int DataOffset = 8;

    private const int IdOffset = 2;

    /// <summary>Reads the header of a message.</summary>
    /// <param name="message">A whole binary message of a peer's socket.</param>
    /// <param name="header">What was read.</param>
    /// <returns>False where the message is too short, its data type unknown or its length larger than what is there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out FrameHeader header)
    {
        header = default;
        if (!TryReadLength(message, out var length) || length > message.Length)
            return false;

        var id = BinaryPrimitives.ReadInt16LittleEndian(message[IdOffset..]);
        header = new FrameHeader((EventType)message[0], (EventDataType)message[1], id, length);
        return true;
    }

    /// <summary>Reads how long a message says it is: header and data in bytes. Its data need not be there.</summary>
    /// <param name="start">The start of a message.</param>
    /// <param name="length">Length of header and data in bytes.</param>
    /// <returns>False where the start is too short, the data type unknown or the length beyond what memory holds.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> start, out int length)
    {
        length = Length;
        if (start.Length < Length)
            return false;
        if (start[1] == (byte)EventDataType.Null)
            return true;
        if (start[1] > (byte)EventDataType.String || start.Length < DataOffset)
            return false;

        long units = BinaryPrimitives.ReadUInt32LittleEndian(start[Length..]);
        var end = DataOffset + (start[1] == (byte)EventDataType.String ? units * sizeof(char) : units);
        length = (int)Math.Min(end, int.MaxValue);
        return end <= Array.MaxLength;
    }

    /// <summary>Puts another id into a message, in place. Nothing else of a relayed message changes.</summary>
    /// <param name="message">A message whose header could be read.</param>
    /// <param name="id">The id that its receiver knows the link by.</param>
    public static void RewriteId(Span<byte> message, short id) =>
        BinaryPrimitives.WriteInt16LittleEndian(message[IdOffset..], id);
}
