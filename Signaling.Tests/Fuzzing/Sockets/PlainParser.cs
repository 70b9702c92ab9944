using System.Net.WebSockets;
using System.Text;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>RFC 6455 a second time, slowly: what is to be made of all that a peer sends.</summary>
internal sealed class PlainParser
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private readonly long _most;
    private readonly List<byte> _message = [];
    private int _opcode; // of the message that is under way; 0: none is

    public PlainParser(byte[] bytes, long most)
    {
        (_bytes, _most) = (bytes, most);
        for (var at = 0; Status is null && at >= 0;)
            at = Frame(at);
    }

    /// <summary>The binary messages, whole ones.</summary>
    public List<byte[]> Messages { get; } = [];

    /// <summary>What pings hold.</summary>
    public List<byte[]> Pings { get; } = [];

    /// <summary>What the socket is to be closed with, where the peer ends it one way or another; 1005: the peer gives no reason.</summary>
    public WebSocketCloseStatus? Status { get; private set; }

    /// <summary>Whether the peer has closed it as it should.</summary>
    public bool IsClosed { get; private set; }

    /// <returns>Where the next one begins; -1: this one is not all there.</returns>
    private int Frame(int at)
    {
        if (_bytes.Length - at < 2)
            return -1;

        var (first, second) = (_bytes[at], _bytes[at + 1]);
        var (isFinal, opcode, isMasked, length) = (first >= 0x80, first & 0xF, second >= 0x80, (long)(second & 0x7F));
        if ((first & 0x70) != 0 || opcode is (> 2 and < 8) or > 10 || !isMasked || (opcode >= 8 && (!isFinal || length > 125)))
            return Wrong();

        var extended = length == 126 ? 2 : length == 127 ? 8 : 0;
        var start = at + 2 + extended + 4;
        if (_bytes.Length < start)
            return -1;
        if (extended > 0)
            length = _bytes.Skip(at + 2).Take(extended).Aggregate(0L, (sum, one) => (sum << 8) | one);
        if (length < 0 || (opcode < 8 && opcode == 0 == (_opcode == 0)))
            return Wrong();

        var isAllThere = length <= _bytes.Length - start;
        if (opcode >= 8)
        {
            if (!isAllThere)
                return -1;
            Control(opcode, Payload(start, (int)length));
            return start + (int)length;
        }

        if (opcode != 0)
            _opcode = opcode;
        if (length > _most - _message.Count)
        {
            Status = WebSocketCloseStatus.MessageTooBig;
            return -1;
        }

        if (!isAllThere)
            return -1;
        _message.AddRange(Payload(start, (int)length));
        if (isFinal)
            Whole();
        return start + (int)length;
    }

    private void Control(int opcode, byte[] payload)
    {
        if (opcode == 9)
            Pings.Add(payload);
        if (opcode != 8)
            return;

        if (payload.Length == 0)
        {
            (Status, IsClosed) = (WebSocketCloseStatus.Empty, true);
            return;
        }

        var status = payload.Length == 1 ? 0 : (payload[0] << 8) | payload[1];
        var mayBe = status is 1000 or 1001 or 1002 or 1003 or (>= 1007 and <= 1014) or (>= 3000 and < 5000);
        IsClosed = mayBe && IsText(payload[2..]);
        Status = IsClosed ? (WebSocketCloseStatus)status : mayBe ? WebSocketCloseStatus.InvalidPayloadData : WebSocketCloseStatus.ProtocolError;
    }

    private void Whole()
    {
        if (_opcode == 2)
            Messages.Add([.. _message]);
        else if (!IsText([.. _message]))
            Status = WebSocketCloseStatus.InvalidPayloadData;
        _opcode = 0;
        _message.Clear();
    }

    private byte[] Payload(int start, int length)
    {
        var payload = _bytes[start..(start + length)];
        for (var i = 0; i < length; i++)
            payload[i] ^= _bytes[start - 4 + (i % 4)];
        return payload;
    }

    private int Wrong()
    {
        Status = WebSocketCloseStatus.ProtocolError;
        return -1;
    }

    private static bool IsText(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes) is not null;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
