using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Origins;
using Signaling.Gateway.Sessions;
using Signaling.Gateway.Tokens;
using Signaling.Gateway.WebSockets;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// Accepts the peers' WebSockets. As in the original a refused one is accepted too, and closed with the reason, since
/// that is what the clients understand.
/// </summary>
internal sealed class SocketEndpoint(
    IOptions<SignalingOptions> options,
    IConnections connections,
    PeerAdmission admission,
    OpenSockets sockets,
    Doorkeeper door,
    AllowedOrigins origins,
    LimitsInForce limits,
    ILease lease,
    TimeProvider time,
    SocketMetrics metrics,
    AppMetrics apps,
    SessionLog sessions,
    ILoggerFactory loggers) : IRequestHandler
{
    private static readonly CloseFrame InvalidToken = new(WebSocketCloseStatus.PolicyViolation, "Invalid token");
    private static readonly CloseFrame OriginNotAllowed = new(WebSocketCloseStatus.PolicyViolation, "Origin not allowed");
    private static readonly CloseFrame UnknownApp = new(WebSocketCloseStatus.PolicyViolation, "Unknown app");

    // Those of a token: RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> ProtocolCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly SignalingOptions _options = options.Value;
    private readonly PeerLimits? _limits =
        limits is { Messages: null, Bytes: null, FirstMessageTime: null } ? null : new PeerLimits(limits, time);

    private readonly ILogger _peers = loggers.CreateLogger(PeerLog.Category);

    // Where a path is configured twice the last one counts, as in the original.
    private readonly FrozenDictionary<string, (App App, AppWatch Watch)> _apps = options.Value.Apps
        .GroupBy(app => app.Path, StringComparer.Ordinal)
        .ToFrozenDictionary(same => same.Key, same => (AppOf(same.Last(), limits.LinksPerPeer, apps.Of(same.Key)), sessions.Of(same.Key)), StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        if (door.Refuse(context.Connection.RemoteIpAddress, out var place) is { } refusal)
        {
            await refusal.AnswerAsync(context.Response);
            return;
        }

        try
        {
            await AcceptAsync(context, place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(HttpContext context, Place place)
    {
        var protocols = context.WebSockets.WebSocketRequestedProtocols;
        var protocol = PeerToken.Choose(protocols);
        if (!context.WebSockets.IsWebSocketRequest || protocol.AsSpan().ContainsAnyExcept(ProtocolCharacters))
        {
            place.Dispose();
            await AnswerNoHandshakeAsync(context.Response);
            return;
        }

        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var token = PeerToken.Of(context.Request, target, protocols);
        var admitted = await admission.AdmitAsync(token, target.Path, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (admitted is { } peer && door.Refuse(place, peer.Rights.Owner) is { } refusal)
        {
            place.Dispose();
            await refusal.AnswerAsync(context.Response);
            return;
        }

        await Upgrade.AcceptAsync(context, protocol, WhoServes(context, target.Path, admitted, place));
    }

    /// <summary>Who serves the socket. It keeps nothing of the request.</summary>
    private Func<ConnectionContext, Task> WhoServes(HttpContext context, string path, Admission? admitted, Place place)
    {
        if (admitted is not { } peer)
            return TurnAway(context, path, InvalidToken, place);
        if (!_apps.TryGetValue(path, out var app))
            return TurnAway(context, path, UnknownApp, place);
        if (!origins.Allow(context.Request, path))
            return TurnAway(context, path, OriginNotAllowed, place);

        var log = _options.LogVerbose ? LogOf(context.Connection) : null;
        var (rights, until) = (peer.Rights, _options.Tokens.Signed.CloseAtExpiry ? peer.Until : OpenSockets.Never);
        return connection => ServeAsync(connection, app.App, app.Watch, rights, until, log, place);
    }

    private Func<ConnectionContext, Task> TurnAway(HttpContext context, string path, CloseFrame why, Place place)
    {
        sessions.TurnedAway(path, why.Reason!, context.Connection.RemoteIpAddress);
        return connection => RefuseAsync(connection, why, place);
    }

    private static App AppOf(AppOptions options, int mostLinks, AppFigures figures) => new(options.Path, options.AddressSharing)
    {
        Takeover = options.Takeover,
        MostListeners = options.MostListeners ?? int.MaxValue,
        MostLinks = mostLinks,
        Traffic = figures.Traffic,
    };

    private PeerLog LogOf(ConnectionInfo ends) => new(
        _peers, EndPoint(ends.RemoteIpAddress, ends.RemotePort), EndPoint(ends.LocalIpAddress, ends.LocalPort));

    private static Task AnswerNoHandshakeAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers.SecWebSocketVersion = "13";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("Bad Request: this asks for a WebSocket, but is no WebSocket handshake (RFC 6455, section 4.1).");
    }

    private static IPEndPoint EndPoint(IPAddress? address, int port) =>
        new(address?.Plain() ?? IPAddress.None, port);

    private async Task ServeAsync(
        ConnectionContext connection, App app, AppWatch watch, PeerRights rights, uint until, PeerLog? log, Place place)
    {
        var socket = new PeerSocket(connection, _options, lease, time, metrics, log, _limits, watch);
        if (!sockets.TryAdd(socket, until))
        {
            await RefuseAsync(connection, OpenSockets.Farewell, place);
            return;
        }

        log?.Connected(app.Path);
        try
        {
            await socket.RunAsync(connections, app, rights, connection.ConnectionClosed);
        }
        finally
        {
            sockets.Remove(socket);
            place.Dispose();
            log?.Removed(sockets.Count);
        }
    }

    private async Task RefuseAsync(ConnectionContext connection, CloseFrame why, Place place)
    {
        using var taken = place;
        metrics.Refused(why.Reason!);
        var socket = new PeerSocket(connection, _options, lease, time, metrics, log: null, _limits);
        socket.Close(why);
        await socket.RunAsync(Nobody.Instance, Nobody.App, PeerRights.All, connection.ConnectionClosed);
    }

    /// <summary>Takes what a refused peer says, and does nothing about it.</summary>
    private sealed class Nobody : IConnections, IConnection
    {
        public static readonly Nobody Instance = new();
        public static readonly App App = new("", AddressSharing: false);

        public IConnection Open(IPeerSocket socket, App app, PeerRights rights) => this;

        public void Receive(byte[] message)
        {
        }

        public void Deny(byte[] message)
        {
        }

        public void Written()
        {
        }

        public void Closed()
        {
        }
    }
}
