using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// The verbose log of one peer, in the manner that users of the original know. It shows events, ids and addresses,
/// never data. Event ids 2100 to 2199.
/// </summary>
/// <param name="logger">Where it goes.</param>
/// <param name="remote">The peer's end of the socket.</param>
/// <param name="local">The server's end of the socket.</param>
internal sealed partial class PeerLog(ILogger logger, EndPoint remote, EndPoint local)
{
    /// <summary>The log's category.</summary>
    public const string Category = "Signaling.Peers";

    public void Connected(string app) => LogConnected(remote, local, app);

    public void Incoming(ReadOnlySpan<byte> message)
    {
        if (logger.IsEnabled(LogLevel.Information))
            LogIncoming(remote, Describe(message));
    }

    public void Outgoing(ReadOnlySpan<byte> message)
    {
        if (logger.IsEnabled(LogLevel.Information))
            LogOutgoing(remote, Describe(message));
    }

    public void Ignored(IgnoredMessage reason) => LogIgnored(remote, reason.ToString());

    public void IgnoredText() => LogIgnored(remote, "Text");

    public void Refused(Refusal reason) => LogRefused(remote, reason);

    public void Broken(string why) => LogBroken(remote, why);

    public void Closed() => LogClosed(remote);

    public void Removed(int left) => LogRemoved(remote, left);

    private static string Describe(ReadOnlySpan<byte> message)
    {
        if (message is [(byte)EventType.MetaVersion, var version, ..])
            return string.Create(CultureInfo.InvariantCulture, $"protocol version {version}");
        if (message is [(byte)EventType.MetaHeartbeat, ..])
            return "heartbeat";
        if (!FrameHeader.TryRead(message, out var header))
            return string.Create(CultureInfo.InvariantCulture, $"{message.Length} bytes that are no message");

        var data = header.DataType switch
        {
            EventDataType.Bytes => string.Create(CultureInfo.InvariantCulture, $", Data: ({header.FrameLength - FrameHeader.DataOffset} bytes)"),
            EventDataType.String when IsAboutAddress(header.Type) => $", Data: ({Printable(Frame.ReadString(message, header))})",
            EventDataType.String => ", Data: (text)",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"[NetEventType: ({header.Type}), id: ({header.Id}){data}]");
    }

    private static bool IsAboutAddress(EventType type) =>
        type is EventType.ServerInitialized or EventType.ServerInitFailed or EventType.NewConnection;

    /// <summary>An address may hold anything: what could break or forge a line of the log is written as its code.</summary>
    private static string Printable(string address)
    {
        const int Longest = AddressKey.MaxAddressLength;
        var text = new StringBuilder(address.Length);
        var rest = address.AsSpan(0, Math.Min(address.Length, Longest));
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var units);
            if (status == OperationStatus.Done && !Rune.IsControl(rune) && rune.Value is not ('\u2028' or '\u2029'))
                text.Append(rest[..units]);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)rest[0]:x4}");
            rest = rest[units..];
        }

        return address.Length > Longest ? text.Append('…').ToString() : text.ToString();
    }

    [LoggerMessage(2100, LogLevel.Information, "[{Peer}] connected on {Local}{App}")]
    private partial void LogConnected(EndPoint peer, EndPoint local, string app);

    [LoggerMessage(2101, LogLevel.Information, "[{Peer}]INC: {Event}", SkipEnabledCheck = true)]
    private partial void LogIncoming(EndPoint peer, string @event);

    [LoggerMessage(2102, LogLevel.Information, "[{Peer}]OUT: {Event}", SkipEnabledCheck = true)]
    private partial void LogOutgoing(EndPoint peer, string @event);

    [LoggerMessage(2103, LogLevel.Information, "[{Peer}] ignored: {Reason}")]
    private partial void LogIgnored(EndPoint peer, string reason);

    [LoggerMessage(2104, LogLevel.Information, "[{Peer}] broken: {Why}")]
    private partial void LogBroken(EndPoint peer, string why);

    [LoggerMessage(2105, LogLevel.Information, "[{Peer}] CLOSED!")]
    private partial void LogClosed(EndPoint peer);

    [LoggerMessage(2106, LogLevel.Information, "[{Peer}]removed {Left} connections left.")]
    private partial void LogRemoved(EndPoint peer, int left);

    [LoggerMessage(2107, LogLevel.Information, "[{Peer}] refused: {Reason}")]
    private partial void LogRefused(EndPoint peer, Refusal reason);
}
