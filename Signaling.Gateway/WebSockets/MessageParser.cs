using System.Buffers;
using System.Net.WebSockets;
using System.Text.Unicode;

namespace Signaling.Gateway.WebSockets;

/// <summary>
/// Makes messages of a peer's bytes: RFC 6455, section 5. What has come of an unfinished message is kept here, so that the
/// bytes themselves need not be; between messages nothing is.
/// </summary>
/// <param name="maxPayload">Largest message in bytes, all frames together; 0 means no limit.</param>
internal sealed class MessageParser(long maxPayload)
{
    private readonly long _most = maxPayload > 0 ? maxPayload : Array.MaxLength;
    private MessageParts? _parts;
    private FrameHead _frame; // the one that is under way
    private long _left; // of its payload
    private bool _inFrame;

    /// <summary>What was found in the bytes.</summary>
    public enum Found
    {
        /// <summary>Nothing more that is whole.</summary>
        Nothing,

        /// <summary>A whole binary message.</summary>
        Message,

        /// <summary>A whole text message.</summary>
        Text,

        /// <summary>A ping.</summary>
        Ping,

        /// <summary>A pong.</summary>
        Pong,

        /// <summary>The peer's close frame, the last that it sends.</summary>
        Close,

        /// <summary>The beginning of a message over the limit. The message itself is skipped.</summary>
        TooLarge,

        /// <summary>What no peer may send. Nothing can be made of what follows.</summary>
        Fault,
    }

    /// <summary>The message, or the ping's payload, that was found last.</summary>
    public byte[] Payload { get; private set; } = [];

    /// <summary>The peer's close frame; null: none was found.</summary>
    public CloseFrame? Close { get; private set; }

    /// <summary>The fault that was found, if one was.</summary>
    public FrameFault? Fault { get; private set; }

    /// <summary>Takes what comes next from the beginning of the bytes.</summary>
    /// <param name="bytes">The bytes; those that were dealt with are cut off.</param>
    public Found Next(ref ReadOnlySequence<byte> bytes)
    {
        while (true)
        {
            if (!_inFrame)
            {
                var wrong = FrameHead.Read(bytes, out var head, out var size) ?? WrongHere(head, size);
                if (wrong is not null)
                    return Faulty(WebSocketCloseStatus.ProtocolError, wrong);
                if (size == 0 || (head.IsControl && bytes.Length < size + head.Length))
                    return Found.Nothing;

                bytes = bytes.Slice(size);
                if (head.IsControl)
                    return Control(head, Take(ref bytes, head));
                if (IsTooLarge(head))
                {
                    Begin(head);
                    _parts!.Skip();
                    return Found.TooLarge;
                }

                if (_parts is null && head.IsFinal && bytes.Length >= head.Length)
                    return Whole(head.Opcode, Take(ref bytes, head));
                Begin(head);
            }

            var taken = bytes.Slice(0, Math.Min(bytes.Length, _left));
            _parts!.Add(taken, _frame.Mask, _frame.Length - _left);
            _left -= taken.Length;
            bytes = bytes.Slice(taken.Length);
            if (_left > 0)
                return Found.Nothing;

            _inFrame = false;
            if (!_frame.IsFinal)
                continue;

            var (opcode, skipped) = (_parts.Opcode, _parts.IsSkipped);
            var message = _parts.TakeAll();
            _parts = null;
            if (!skipped)
                return Whole(opcode, message);
        }
    }

    private string? WrongHere(FrameHead head, int size) => size == 0 || head.IsControl
        ? null
        : (head.Opcode, _parts) switch
        {
            (Opcode.Continuation, null) => "Continuation of no message",
            (not Opcode.Continuation, not null) => "New message within another",
            _ => null,
        };

    private bool IsTooLarge(FrameHead head) =>
        _parts is not { IsSkipped: true } && head.Length > _most - (_parts?.Length ?? 0);

    private void Begin(FrameHead head)
    {
        _parts ??= new MessageParts(head.Opcode);
        (_frame, _left, _inFrame) = (head, head.Length, true);
    }

    private Found Control(FrameHead head, byte[] payload)
    {
        Payload = payload;
        if (head.Opcode == Opcode.Ping)
            return Found.Ping;
        if (head.Opcode == Opcode.Pong)
            return Found.Pong;

        Close = CloseFrame.Read(payload, out var fault);
        Fault = fault;
        return Close is null ? Found.Fault : Found.Close;
    }

    private Found Whole(Opcode opcode, byte[] message)
    {
        Payload = message;
        if (opcode == Opcode.Binary)
            return Found.Message;
        return Utf8.IsValid(message) ? Found.Text : Faulty(WebSocketCloseStatus.InvalidPayloadData, "Invalid UTF-8");
    }

    private Found Faulty(WebSocketCloseStatus status, string what)
    {
        Fault = new FrameFault(status, what);
        return Found.Fault;
    }

    private static byte[] Take(ref ReadOnlySequence<byte> bytes, FrameHead head)
    {
        var payload = GC.AllocateUninitializedArray<byte>((int)head.Length);
        Masking.Unmask(bytes.Slice(0, head.Length), payload, head.Mask, offset: 0);
        bytes = bytes.Slice(head.Length);
        return payload;
    }
}
