using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>What a peer got: a message, or the end of its socket.</summary>
internal sealed record Arrival(Moment At, EventType Type, short Id, byte[] Data, PeerEnd? End);

/// <summary>A peer that keeps what it gets until it is asked for.</summary>
internal sealed class QueuedPeer : IPeerEvents, IDisposable
{
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private FaultPeer? _peer;

    public FaultPeer Peer => _peer!;

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">There is no socket to be had.</exception>
    public static async Task<QueuedPeer> ConnectAsync(Uri url, TimeSpan patience, bool reads = true, IPAddress? from = null)
    {
        using var late = new CancellationTokenSource(patience);
        var queued = new QueuedPeer();
        try
        {
            queued._peer = await FaultPeer.ConnectAsync(url, queued, late.Token, reads, from);
            return queued;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            throw new IOException($"No socket at {url}: {e.Message}", e);
        }
    }

    public Task SendAsync(byte[] message) => Peer.SendAsync(message);

    /// <summary>The next that comes; null where nothing does.</summary>
    public async Task<Arrival?> NextAsync(TimeSpan patience)
    {
        if (_arrivals.Reader.TryRead(out var there))
            return there;
        using var late = new CancellationTokenSource(patience);
        try
        {
            return await _arrivals.Reader.ReadAsync(late.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            return null;
        }
    }

    public void Dispose() => _peer?.Dispose();

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (message.Length == 1)
            _arrivals.Writer.TryWrite(new Arrival(at, (EventType)message[0], FrameHeader.NoId, [], End: null));
        else if (FrameHeader.TryRead(message, out var header))
            _arrivals.Writer.TryWrite(new Arrival(at, header.Type, header.Id, message[Math.Min(8, header.FrameLength)..].ToArray(), End: null));
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end)
    {
        _arrivals.Writer.TryWrite(new Arrival(end.At, EventType.Invalid, FrameHeader.NoId, [], end));
        _arrivals.Writer.TryComplete();
    }
}
