using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>Says briefly what something is, for traces.</summary>
internal static class Brief
{
    private static readonly Regex Uid = Pattern(@"(?:ConnectionUid|AddressUid) \{ Node = (\d+), Number = (\d+) \}");
    private static readonly Regex Pair = Pattern(@"(?:ReservationName|LinkName) \{ (?:Connection|Initiator) = ([\d.]+), Request = (\d+)(?:, Ordinal = 0)?");
    private static readonly Regex Incarnations = Pattern(@"Incarnation \{ Number = (\d+), Node = (\d+) \}");
    private static readonly Regex End = Pattern(@"([\d.]+/\d+(?:, Ordinal = \d+)?) \}");
    private static readonly Regex Key = Pattern(@"Key = ([\w-]{22})");

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

    /// <summary>A record, its names made short.</summary>
    public static string Of(object? message) => message switch
    {
        Granted granted => $"Granted {Short(granted.Standing)} by {Short(granted.Granter)}, {granted.Skip} and {granted.Earlier.Count} of {granted.Total} earlier",
        RollAnswer answer => $"RollAnswer from {answer.From}, shard {answer.Shard}, {Short(answer.Incarnation)}: {string.Join(", ", answer.Standings.Select(Short))}",
        Roll roll => $"Roll {Short(roll.Incarnation)}: {string.Join(", ", roll.Standings.Select(Short))}",
        ConnectionEnded ended => $"ConnectionEnded {Short(ended.Connection)}, {ended.Links.Count} links",
        null => "nothing",
        _ => Short(message),
    };

    private static string Short(object message)
    {
        var text = message.ToString()!;
        text = Uid.Replace(text, "$1.$2");
        text = Pair.Replace(text, "$1/$2");
        text = End.Replace(text, "$1");
        text = Incarnations.Replace(text, "$1 of $2");
        return Key.Replace(text, match => SimAddresses.All.TextOf(match.Groups[1].Value));
    }

    private static string Short(Incarnation incarnation) => Incarnations.Replace(incarnation.ToString(), "$1 of $2");

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(10));
}
