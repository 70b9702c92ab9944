using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Compatibility;

/// <summary>
/// Messages as a trace writes them, read and written. Frames are put together here once more, apart from the
/// server's own codec, so that a fault of that codec can't hide itself.
/// </summary>
/// <param name="run">Eight digits that <c>$name</c> contains, so that no two runs meet under an address.</param>
internal sealed partial class Notation(string run)
{
    /// <summary>Reads what a peer is said to send: a message or, in braces, several for one write.</summary>
    public IReadOnlyList<Outgoing> ReadOutgoing(string text)
    {
        var tokens = new Tokens(text);
        var messages = new List<Outgoing>();
        var batch = tokens.Skip("{");
        do
        {
            var message = ReadMessage(tokens);
            var fragments = 1;
            if (tokens.Skip("in"))
            {
                fragments = tokens.Number(2, 1000);
                tokens.Expect("fragments");
            }
            messages.Add(new Outgoing(message, fragments));
        }
        while (batch && tokens.Skip(";"));

        if (batch)
            tokens.Expect("}");
        tokens.ExpectEnd();
        return messages;
    }

    /// <summary>Reads what a peer is said to get.</summary>
    public Message ReadAnswer(string text)
    {
        var tokens = new Tokens(text);
        var message = ReadMessage(tokens);
        tokens.ExpectEnd();
        return message;
    }

    private Message ReadMessage(Tokens tokens)
    {
        var word = tokens.Next("a message");
        if (word[0] == '[')
            return new Message(MessageKind.Binary, Bytes(word));

        switch (word)
        {
            case "heartbeat":
                return Message.Heartbeat;
            case "version":
                return new Message(MessageKind.Binary, [201, (byte)tokens.Number(0, byte.MaxValue)]);
            case "text":
                return new Message(MessageKind.Text, Encoding.UTF8.GetBytes(Unquote(tokens.Next("a string"))));
            case "close":
                return ReadClose(tokens);
            case "ping":
                return new Message(MessageKind.Ping, Bytes(tokens.Next("bytes")));
            case "pong":
                return new Message(MessageKind.Pong, Bytes(tokens.Next("bytes")));
            case "raw":
                return new Message(MessageKind.Raw, Bytes(tokens.Next("bytes")));
            case "protocol":
                return new Message(MessageKind.Protocol, Encoding.ASCII.GetBytes(tokens.Next("a sub-protocol")));
            case "refused":
                return new Message(MessageKind.Refused, Encoding.ASCII.GetBytes(tokens.Next("an HTTP status")));
            case "cut":
                return Message.Cut;
            default:
                return ReadFrame(Tokens.Number(word, 0, byte.MaxValue), tokens);
        }
    }

    private Message ReadFrame(int type, Tokens tokens)
    {
        var id = (short)tokens.Number(short.MinValue, short.MaxValue);
        var frame = ReadData(tokens) switch
        {
            string text => Data(2, text.Length, text.SelectMany(unit => new[] { (byte)unit, (byte)(unit >> 8) })),
            byte[] bytes => Data(1, bytes.Length, bytes),
            _ => new byte[4],
        };
        frame[0] = (byte)type;
        BinaryPrimitives.WriteInt16LittleEndian(frame.AsSpan(2), id);
        if (tokens.Skip("+"))
            frame = [.. frame, .. Bytes(tokens.Next("bytes"))];
        return new Message(MessageKind.Binary, frame);
    }

    private static byte[] Data(byte dataType, int length, IEnumerable<byte> data)
    {
        byte[] frame = [0, dataType, 0, 0, 0, 0, 0, 0, .. data];
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), length);
        return frame;
    }

    private object? ReadData(Tokens tokens)
    {
        if (tokens.Peek is not { } word || word is "+" or "in" or ";" or "}")
            return null;

        tokens.Next("data");
        if (word[0] == '"')
            return Unquote(word);
        if (word[0] == '[')
            return Bytes(word);
        if (word is not ("bytes" or "text"))
            throw new FormatException($"'{word}' is no data: write \"…\", […], bytes(n), text(n) or text(n, \"…\").");

        tokens.Expect("(");
        var length = tokens.Number(0, int.MaxValue);
        var start = word is "text" && tokens.Skip(",") ? Unquote(tokens.Next("a string")) : "";
        tokens.Expect(")");
        return word is "bytes" ? LongBytes(length) : LongText(length, start);
    }

    private Message ReadClose(Tokens tokens)
    {
        if (tokens.Peek is not { } word || !char.IsAsciiDigit(word[0]))
            return new Message(MessageKind.Close, []);

        var code = tokens.Number(0, ushort.MaxValue);
        var reason = tokens.Peek?[0] == '"' ? Unquote(tokens.Next("a reason")) : "";
        return new Message(MessageKind.Close, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);
    }

    private static byte[] LongBytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(i % 251);
        return bytes;
    }

    private static string LongText(int length, string start) => string.Create(length, start, (chars, first) =>
    {
        for (var i = 0; i < chars.Length; i++)
            chars[i] = i < first.Length ? first[i] : (char)('a' + (i % 26));
    });

    private static byte[] Bytes(string token)
    {
        var digits = token.Trim('[', ']').Replace(" ", "");
        var bytes = new byte[digits.Length / 2];
        return token is ['[', .., ']'] && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done
            ? bytes
            : throw new FormatException($"'{token}' are no bytes: write them in hexadecimal, as in [06 02 ff].");
    }

    private string Unquote(string token)
    {
        if (token.Length < 2 || token[0] != '"')
            throw new FormatException($"'{token}' is no string: put it in double quotes.");

        return Escape().Replace(token[1..^1], found => found.Value switch
        {
            ['$', _, ..] and var name => $"<{name[1..]}-{run}>",
            ['\\', 'u', .. var unit] => ((char)ushort.Parse(unit, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
            ['\\', ('"' or '\\' or '$') and var self] => self.ToString(),
            _ => throw new FormatException($"'{found.Value}' in {token} means nothing: there are \\uXXXX, \\\", \\\\, \\$ and $name."),
        });
    }

    [GeneratedRegex(@"\$[a-z][a-z0-9]*|\\u[0-9a-fA-F]{4}|\\.|\$")]
    private static partial Regex Escape();
}
