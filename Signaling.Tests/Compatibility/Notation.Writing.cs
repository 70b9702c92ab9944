using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Compatibility;

internal sealed partial class Notation
{
    private const int DataOffset = 8;
    private const int LongestLiteral = 80;

    /// <summary>Writes a message so that it reads as the same again.</summary>
    public string Write(Message message) => message.Kind switch
    {
        MessageKind.Binary => WriteBinary(message.Payload),
        MessageKind.Text => $"text {Quote(Encoding.UTF8.GetString(message.Payload))}",
        MessageKind.Close => WriteClose(message.Payload),
        MessageKind.Ping => $"ping {Hex(message.Payload)}",
        MessageKind.Pong => $"pong {Hex(message.Payload)}",
        MessageKind.Raw => $"raw {Hex(message.Payload)}",
        MessageKind.Protocol => $"protocol {Encoding.ASCII.GetString(message.Payload)}",
        MessageKind.Refused => $"refused {Encoding.ASCII.GetString(message.Payload)}",
        _ => "cut",
    };

    private string WriteClose(byte[] payload)
    {
        if (payload.Length < 2)
            return "close";
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        return payload.Length == 2 ? $"close {code}" : $"close {code} {Quote(Encoding.UTF8.GetString(payload[2..]))}";
    }

    private string WriteBinary(byte[] message)
    {
        if (message is [202])
            return "heartbeat";
        if (message is [201, var version])
            return $"version {version}";
        if (message.Length < 4 || message[1] > 2)
            return Hex(message);

        var start = $"{message[0]} {BinaryPrimitives.ReadInt16LittleEndian(message.AsSpan(2))}";
        if (message[1] == 0)
            return start + Rest(message, 4);
        if (message.Length < DataOffset)
            return Hex(message);

        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(4));
        var end = DataOffset + (message[1] * length);
        if (end > message.Length)
            return Hex(message);

        var data = message[DataOffset..(int)end];
        return $"{start} {(message[1] == 1 ? WriteBytes(data) : WriteText(data))}{Rest(message, (int)end)}";
    }

    private static string Rest(byte[] message, int end) =>
        message.Length == end ? "" : $" + {Hex(message[end..])}";

    private static string WriteBytes(byte[] data) =>
        data.Length > LongestLiteral && data.AsSpan().SequenceEqual(LongBytes(data.Length))
            ? $"bytes({data.Length})"
            : Hex(data);

    private string WriteText(byte[] units)
    {
        var text = string.Create(units.Length / 2, units, (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i * 2));
        });
        if (text.Length <= LongestLiteral)
            return Quote(text);

        var name = text.IndexOf($"-{run}>", StringComparison.Ordinal);
        var start = name < 0 ? "" : text[..(name + run.Length + 2)];
        if (!string.Equals(text, LongText(text.Length, start), StringComparison.Ordinal))
            return Quote(text);
        return start.Length == 0 ? $"text({text.Length})" : $"text({text.Length}, {Quote(start)})";
    }

    private static string Hex(byte[] bytes) =>
        $"[{string.Join(' ', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))}]";

    private string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            quoted.Append(unit switch
            {
                '"' or '\\' or '$' => $"\\{unit}",
                < ' ' or > '~' => $"\\u{(int)unit:x4}",
                _ => unit.ToString(),
            });
        }
        return Named().Replace(quoted.Append('"').ToString(), found => !string.Equals(found.Groups["run"].Value, run, StringComparison.Ordinal)
            ? found.Value
            : found.Groups["next"].Value switch
            {
                [var next] => $"${found.Groups["name"].Value}\\u{(int)next:x4}",
                _ => $"${found.Groups["name"].Value}",
            });
    }

    [GeneratedRegex("<(?<name>[a-z][a-z0-9]*)-(?<run>[0-9A-F]{8})>(?<next>[a-z0-9])?")]
    private static partial Regex Named();
}
