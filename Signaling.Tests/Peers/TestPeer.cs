using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Peers;

/// <summary>A peer as a test plays it: a real WebSocket that speaks the wire protocol.</summary>
public sealed class TestPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket _socket = new();

    /// <summary>The status and reason of the server's close frame, once it has come.</summary>
    public (int? Status, string? Reason) CloseFrame => ((int?)_socket.CloseStatus, _socket.CloseStatusDescription);

    public string? SubProtocol => _socket.SubProtocol;

    public static Task<TestPeer> ConnectAsync(Uri url, params string[] subProtocols) => ConnectAsync(url, options =>
    {
        foreach (var name in subProtocols)
            options.AddSubProtocol(name);
    });

    /// <summary>A peer whose handshake has a header <c>Authorization</c>, as no browser's may.</summary>
    public static Task<TestPeer> ConnectWithAsync(Uri url, string authorization) =>
        ConnectAsync(url, options => options.SetRequestHeader("Authorization", authorization));

    /// <summary>A peer that trusts one root alone, whatever name it has connected to.</summary>
    public static Task<TestPeer> ConnectTrustingAsync(Uri url, X509Certificate2 root) => ConnectAsync(
        url, options => options.RemoteCertificateValidationCallback = (_, shown, chain, _) => TlsClient.Trusts(root, shown, chain));

    /// <summary>A peer that has reserved an address.</summary>
    /// <param name="url">Where it connects.</param>
    /// <param name="address">The address.</param>
    /// <param name="root">The root that it trusts, where that is not left to the system.</param>
    public static async Task<TestPeer> ListenAsync(Uri url, string address, X509Certificate2? root = null)
    {
        var peer = await (root is null ? ConnectAsync(url) : ConnectTrustingAsync(url, root));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        await peer.ExpectAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        return peer;
    }

    public Task SendAsync(params byte[] message) => SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true);

    public Task SendAsync(byte[] part, WebSocketMessageType type, bool endOfMessage) =>
        _socket.SendAsync(part, type, endOfMessage, CancellationToken.None);

    /// <summary>The next message; null where the server closes the socket instead.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return message.ToArray();
        }
    }

    public async Task ExpectAsync(params byte[][] messages)
    {
        foreach (var expected in messages)
        {
            var message = await ReceiveAsync();
            Assert.Equal(Show(expected), message is null ? $"close {CloseFrame}" : Show(message));
        }
    }

    /// <summary>Waits for the server's close frame.</summary>
    public async Task<(int? Status, string? Reason)> ExpectCloseAsync()
    {
        Assert.Null(await ReceiveAsync());
        return CloseFrame;
    }

    /// <summary>Shows that nothing has come: the answer to a heartbeat comes next.</summary>
    public async Task ExpectNothingAsync()
    {
        await SendAsync(Frame.Heartbeat());
        await ExpectAsync(Frame.Heartbeat());
    }

    /// <summary>Closes the socket with the close handshake.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
    }

    /// <summary>Drops the socket without a word.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<TestPeer> ConnectAsync(Uri url, Action<ClientWebSocketOptions> configure)
    {
        var peer = new TestPeer();
        configure(peer._socket.Options);
        using var patience = new CancellationTokenSource(Patience);
        await peer._socket.ConnectAsync(url, patience.Token);
        return peer;
    }

    private static string Show(byte[] message) =>
        message.Length <= 200 ? Convert.ToHexString(message) : $"{message.Length} bytes, {Convert.ToHexString(message[..32])}..., hash {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(message))}";
}
