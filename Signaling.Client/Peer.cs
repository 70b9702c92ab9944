using System.Net.WebSockets;
using Signaling.Actors.Protocol;

namespace Signaling.Client;

/// <summary>
/// A peer as apps are: a WebSocket that speaks the wire protocol, with the reason in words where something is in its way.
/// One may send and another receive at the same time.
/// </summary>
public sealed class Peer : IDisposable
{
    private const string UserTokenKey = "userToken";
    private const int FirstBuffer = 1024;

    private readonly Uri _url;
    private readonly bool _isInsecure;
    private readonly int _longestMessage;
    private byte[] _buffer = new byte[FirstBuffer];
    private ClientWebSocket _socket = new();

    /// <summary>Makes one that is not yet connected.</summary>
    /// <param name="url">Where it connects.</param>
    /// <param name="userToken">Its user token; null: none but what the URL has.</param>
    /// <param name="isInsecure">Whether any certificate will do.</param>
    /// <param name="longestMessage">The longest message that it takes, in bytes.</param>
    public Peer(Uri url, string? userToken, bool isInsecure, int longestMessage = 64 * 1024)
    {
        Place = url.GetLeftPart(UriPartial.Path);
        _url = WithToken(url, userToken);
        _isInsecure = isInsecure;
        _longestMessage = longestMessage;
    }

    /// <summary>Its URL as it may be shown: without a token.</summary>
    public string Place { get; }

    /// <summary>Opens its socket.</summary>
    /// <param name="late">Ends the wait.</param>
    /// <exception cref="PeerException">There is none. It may be tried again.</exception>
    public async Task OpenAsync(CancellationToken late)
    {
        var certificate = new CertificateCheck(_url.Host, _isInsecure);
        _socket.Dispose();
        _socket = new ClientWebSocket();
        _socket.Options.CollectHttpResponseDetails = true;
        if (_url.Scheme is "wss") // sockets with a check of their own share nothing, and each costs more
            _socket.Options.RemoteCertificateValidationCallback = (_, shown, chain, errors) => certificate.Accept(shown, chain, errors);
        try
        {
            await _socket.ConnectAsync(_url, late);
        }
        catch (WebSocketException error)
        {
            late.ThrowIfCancellationRequested();
            throw certificate.Obstacle ?? Obstacles.NoSocket((int)_socket.HttpStatusCode, error);
        }
    }

    /// <summary>Hears that a signaling service is there.</summary>
    /// <param name="late">Ends the wait.</param>
    /// <exception cref="PeerException">Something else is.</exception>
    public async Task GreetAsync(CancellationToken late)
    {
        await SendAsync(Frame.Version(), late);
        Obstacles.ThrowUnlessEqual(Frame.Version(), await ReceiveAsync(late));
    }

    /// <summary>Sends a message. Where the socket has ended, the next receive tells.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="late">Ends the wait, and the socket.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken late)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, late);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException && !late.IsCancellationRequested)
        {
            // Whatever has ended the socket is told by the next receive.
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <param name="late">Ends the wait, and the socket.</param>
    /// <returns>The whole message, until the next is asked for.</returns>
    /// <exception cref="PeerException">The socket has ended, or the message is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken late)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), late);
            }
            catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
            {
                late.ThrowIfCancellationRequested();
                throw Obstacles.Cut(broken);
            }

            if (part.MessageType == WebSocketMessageType.Close)
                throw Obstacles.Closed((int?)_socket.CloseStatus, _socket.CloseStatusDescription, _url.AbsolutePath);
            length += part.Count;
            if (part.EndOfMessage)
                return _buffer.AsMemory(0, length);
            if (length == _longestMessage)
                throw Obstacles.SomethingElse($"a message of more than {_longestMessage} bytes came");
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, Math.Min(2 * length, _longestMessage));
        }
    }

    /// <summary>Closes its socket in order.</summary>
    /// <param name="late">Ends the wait.</param>
    /// <exception cref="PeerException">The socket has broken.</exception>
    public async Task LeaveAsync(CancellationToken late)
    {
        try
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, late);
        }
        catch (WebSocketException broken)
        {
            late.ThrowIfCancellationRequested();
            throw Obstacles.Cut(broken);
        }
    }

    /// <summary>Drops its socket, where it is still there.</summary>
    public void Dispose() => _socket.Dispose();

    private static Uri WithToken(Uri url, string? userToken)
    {
        if (userToken is null || url.Query.TrimStart('?').Split('&').Any(pair => pair.StartsWith($"{UserTokenKey}=", StringComparison.Ordinal)))
            return url;

        var query = $"{UserTokenKey}={Uri.EscapeDataString(userToken)}";
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query }.Uri;
    }
}
