using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Limits;

/// <summary>The limits as they are set, and by the mode where they are not. A number without a limit is the greatest there is.</summary>
internal sealed record LimitsInForce
{
    private LimitsInForce(bool strict, LimitOptions set)
    {
        Sockets = Most(set.Sockets, 15_000);
        SocketsPerAddress = Most(set.SocketsPerAddress, 100);
        SocketsPerToken = Most(set.SocketsPerToken, 0);
        LinksPerPeer = Most(set.LinksPerPeer, 1_000);
        ListenersPerAddress = Most(set.ListenersPerAddress, 1_000);
        Handshakes = RateLimit.Of(Value(set.HandshakesPerSecond, 20), set.HandshakeBurst, times: 5);
        Messages = RateLimit.Of(Value(set.MessagesPerSecond, 1_000), set.MessageBurst, times: 2);
        Bytes = RateLimit.Of(Value(set.BytesPerSecond, 4 * 1024 * 1024), set.ByteBurst, times: 2);
        HandshakeTime = Time(set.HandshakeTime, TimeSpan.FromSeconds(10));
        FirstMessageTime = Time(set.FirstMessageTime, TimeSpan.FromSeconds(60));

        int Value(int? value, int strictly) => value ?? (strict ? strictly : 0);
        int Most(int? value, int strictly) => Value(value, strictly) is > 0 and var most ? most : int.MaxValue;
        TimeSpan? Time(TimeSpan? value, TimeSpan strictly) =>
            (value ?? (strict ? strictly : TimeSpan.Zero)) is var time && time > TimeSpan.Zero ? time : null;
    }

    /// <summary>Most sockets of the node.</summary>
    public int Sockets { get; }

    /// <summary>Most sockets of one client address.</summary>
    public int SocketsPerAddress { get; }

    /// <summary>Most connections of one client address, sockets or not: where there is room, a socket too many is told why.</summary>
    public int ConnectionsPerAddress => SocketsPerAddress > int.MaxValue / 2 ? int.MaxValue : SocketsPerAddress * 2;

    /// <summary>Most sockets of one user token.</summary>
    public int SocketsPerToken { get; }

    /// <summary>Most links of one peer.</summary>
    public int LinksPerPeer { get; }

    /// <summary>Most holders of one shared address.</summary>
    public int ListenersPerAddress { get; }

    /// <summary>Handshakes of one client address; null: there is no limit.</summary>
    public RateLimit? Handshakes { get; }

    /// <summary>Connections of one client address; null: there is no limit.</summary>
    public RateLimit? Connections => Handshakes?.Times(4);

    /// <summary>Messages of one peer; null: there is no limit.</summary>
    public RateLimit? Messages { get; }

    /// <summary>Bytes of one peer; null: there is no limit.</summary>
    public RateLimit? Bytes { get; }

    /// <summary>How long each step up to a request may take; null: as Kestrel has it.</summary>
    public TimeSpan? HandshakeTime { get; }

    /// <summary>How long a socket may take to send its first message; null: for ever.</summary>
    public TimeSpan? FirstMessageTime { get; }

    /// <summary>Puts them together.</summary>
    /// <param name="strict">The mode.</param>
    /// <param name="set">What is set.</param>
    public static LimitsInForce Of(bool strict, LimitOptions set) => new(strict, set);
}
