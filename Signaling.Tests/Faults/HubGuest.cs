using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>One guest of a <see cref="Hub"/>: it talks to it and listens to what it says.</summary>
internal sealed class HubGuest(int number) : IPeerEvents, IDisposable
{
    private const short Link = 1;

    private FaultPeer? _peer;
    private volatile bool _linked;

    public Direction FromHub { get; } = new();

    public Direction ToHub { get; } = new();

    /// <summary>Its link or its socket has ended.</summary>
    public bool Ended { get; private set; }

    public async Task ComeAsync(Uri url, string address)
    {
        using var late = new CancellationTokenSource(Promises.Answer);
        _peer = await FaultPeer.ConnectAsync(url, this, late.Token);
        await _peer.SendAsync(Frame.Of(EventType.NewConnection, Link, address));
    }

    public byte[] FromHubNext(short link) => Talk.Write(Talk.Said, link, number, FromHub.NextToSay, Moment.Now);

    public void Say()
    {
        if (_linked && !Ended && _peer!.TrySend(Talk.Write(Talk.Said, Link, number, ToHub.NextToSay, Moment.Now)))
            ToHub.Say();
    }

    public void Dispose() => _peer?.Dispose();

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (!FrameHeader.TryRead(message, out var header))
            return;
        if (header.Type == EventType.NewConnection)
            _linked = true;
        else if (header.Type == EventType.Disconnected)
            Ended = true;
        else if (header.Type == EventType.ReliableMessageReceived && Talk.TryRead(message[FrameHeader.DataOffset..], out _, out var whose, out var count, out var saidAt) && whose == number)
            FromHub.Hear(count, saidAt, at);
        else if (header.Type == EventType.ReliableMessageReceived && message.Length < 1024)
            FromHub.HearForeign(); // a flood of the moment before the hub knew who it is, is none
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end) => Ended = true;
}
