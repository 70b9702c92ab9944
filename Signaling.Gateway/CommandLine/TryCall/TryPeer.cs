using System.Net.WebSockets;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>One of the two peers of a tried call.</summary>
internal sealed class TryPeer : IAsyncDisposable
{
    private const string UserTokenKey = "userToken";
    private const int LongestMessage = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Uri _url;
    private readonly bool _isInsecure;
    private readonly byte[] _buffer = new byte[LongestMessage];
    private ClientWebSocket _socket = new();

    /// <param name="url">Where it connects.</param>
    /// <param name="userToken">Its user token; null: none but what the URL has.</param>
    /// <param name="isInsecure">Whether any certificate will do.</param>
    public TryPeer(Uri url, string? userToken, bool isInsecure)
    {
        Place = url.GetLeftPart(UriPartial.Path);
        _url = WithToken(url, userToken);
        _isInsecure = isInsecure;
    }

    /// <summary>Its URL as it may be shown: without a token.</summary>
    public string Place { get; }

    /// <summary>Opens its socket, again and again while that may still come right, and hears that a signaling service is there.</summary>
    public async Task ConnectAsync(TryCallSteps steps, CancellationToken late)
    {
        while (true)
        {
            try
            {
                await OpenAsync(late);
                break;
            }
            catch (TryCallException obstacle) when (obstacle.MayPass)
            {
                await steps.WaitAsync(obstacle.Found);
                try
                {
                    await Task.Delay(Pause, late);
                }
                catch (OperationCanceledException)
                {
                    throw obstacle;
                }
            }
        }

        await SendAsync(Frame.Version(), late);
        Obstacles.ThrowUnlessEqual(Frame.Version(), await ReceiveAsync(late));
    }

    public async Task SendAsync(byte[] message, CancellationToken late)
    {
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, late);
        }
        catch (WebSocketException)
        {
            // Whatever has ended the socket is told by the next receive.
        }
    }

    /// <summary>The next message.</summary>
    public async Task<byte[]> ReceiveAsync(CancellationToken late)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), late);
            }
            catch (WebSocketException broken)
            {
                late.ThrowIfCancellationRequested();
                throw Obstacles.Cut(broken);
            }

            if (part.MessageType == WebSocketMessageType.Close)
                throw Obstacles.Closed((int?)_socket.CloseStatus, _socket.CloseStatusDescription, _url.AbsolutePath);
            length += part.Count;
            if (part.EndOfMessage)
                return _buffer[..length];
            if (length == LongestMessage)
                throw Obstacles.SomethingElse($"a message of more than {LongestMessage} bytes came");
        }
    }

    /// <summary>Closes its socket in order.</summary>
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

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Uri WithToken(Uri url, string? userToken)
    {
        if (userToken is null || RequestTarget.Parse(url.PathAndQuery).QueryValue(UserTokenKey) is not null)
            return url;

        var query = $"{UserTokenKey}={Uri.EscapeDataString(userToken)}";
        return new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query }.Uri;
    }

    private async Task OpenAsync(CancellationToken late)
    {
        var certificate = new CertificateCheck(_url.Host, _isInsecure);
        _socket.Dispose();
        _socket = new ClientWebSocket();
        _socket.Options.CollectHttpResponseDetails = true;
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
}
