using System.Net.WebSockets;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>A peer that speaks the wire protocol and does with it what no page would.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();

    public static async Task<RawPeer> ConnectAsync(Uri signaling)
    {
        var peer = new RawPeer();
        using var timeout = new CancellationTokenSource(Patience);
        await peer._socket.ConnectAsync(signaling, timeout.Token);
        return peer;
    }

    public async Task SendAsync(byte[] frame)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, timeout.Token);
    }

    /// <summary>Opens a link to whoever listens on the address.</summary>
    public async Task ConnectToAsync(string address, short id)
    {
        await SendAsync(Frame.Of(EventType.NewConnection, id, address));

        using var timeout = new CancellationTokenSource(Patience);
        var answer = new byte[FrameHeader.Length];
        var received = await _socket.ReceiveAsync(answer.AsMemory(), timeout.Token);
        Assert.Equal(Frame.Of(EventType.NewConnection, id), answer[..received.Count]);
    }

    /// <summary>Reads on until a message of a type has come.</summary>
    public async Task WaitForAsync(EventType type)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var message = new byte[1024];
        do
        {
            await _socket.ReceiveAsync(message.AsMemory(), timeout.Token);
        }
        while (message[0] != (byte)type);
    }

    public void Dispose() => _socket.Dispose();
}
