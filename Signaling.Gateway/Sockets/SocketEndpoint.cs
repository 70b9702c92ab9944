using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Tokens;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// Accepts the peers' WebSockets. As in the original a refused one is accepted too, and closed with the reason, since
/// that is what the clients understand.
/// </summary>
internal sealed class SocketEndpoint(
    IOptions<SignalingOptions> options,
    IConnections connections,
    UserTokens tokens,
    OpenSockets sockets,
    ILease lease,
    TimeProvider time,
    SocketMetrics metrics,
    ILoggerFactory loggers) : IRequestHandler
{
    private const string UserTokenKey = "userToken";

    // Those of a token: RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> ProtocolCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly SignalingOptions _options = options.Value;
    private readonly ILogger _peers = loggers.CreateLogger(PeerLog.Category);

    // Where a path is configured twice the last one counts, as in the original.
    private readonly FrozenDictionary<string, App> _apps = options.Value.Apps
        .GroupBy(app => app.Path, StringComparer.Ordinal)
        .ToFrozenDictionary(same => same.Key, same => new App(same.Key, same.Last().AddressSharing), StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        // A client that offers sub-protocols takes the connection for failed unless one is chosen.
        var protocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        if (!context.WebSockets.IsWebSocketRequest || protocol.AsSpan().ContainsAnyExcept(ProtocolCharacters))
        {
            await AnswerNoHandshakeAsync(context.Response);
            return;
        }

        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var isWelcome = await tokens.IsWelcomeAsync(target.QueryValue(UserTokenKey), context.RequestAborted);

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = protocol,
            KeepAliveInterval = _options.Sockets.PingInterval,
            KeepAliveTimeout = _options.Sockets.PongTimeout,
        });

        if (!isWelcome)
            await RefuseAsync(webSocket, WebSocketCloseStatus.PolicyViolation, "Invalid token");
        else if (!_apps.TryGetValue(target.Path, out var app))
            await RefuseAsync(webSocket, WebSocketCloseStatus.PolicyViolation, "Unknown app");
        else
            await ServeAsync(webSocket, app, context);
    }

    private static Task AnswerNoHandshakeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers.SecWebSocketVersion = "13";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("Bad Request: this asks for a WebSocket, but is no WebSocket handshake (RFC 6455, section 4.1).");
    }

    private static IPEndPoint EndPoint(IPAddress? address, int port) =>
        new(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None, port);

    private async Task ServeAsync(WebSocket webSocket, App app, HttpContext context)
    {
        var ends = context.Connection;
        var cut = context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? context.RequestAborted;
        var log = _options.LogVerbose
            ? new PeerLog(
                _peers,
                EndPoint(ends.RemoteIpAddress, ends.RemotePort),
                EndPoint(ends.LocalIpAddress, ends.LocalPort))
            : null;
        var socket = new PeerSocket(webSocket, _options, lease, time, metrics, log);

        if (!sockets.TryAdd(socket))
        {
            await RefuseAsync(webSocket, (WebSocketCloseStatus)CloseStatus.GoingAway, OpenSockets.Farewell);
            return;
        }

        log?.Connected(app.Path);
        try
        {
            await socket.RunAsync(connections, app, cut);
        }
        finally
        {
            sockets.Remove(socket);
            log?.Removed(sockets.Count);
        }
    }

    private async Task RefuseAsync(WebSocket webSocket, WebSocketCloseStatus status, string reason)
    {
        metrics.Refused(reason);
        using var patience = new CancellationTokenSource(_options.Sockets.CloseTimeout);
        try
        {
            await webSocket.CloseAsync(status, reason, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            webSocket.Abort();
        }
    }
}
