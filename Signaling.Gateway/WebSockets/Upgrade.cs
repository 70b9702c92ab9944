using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Signaling.Gateway.Transport;

namespace Signaling.Gateway.WebSockets;

/// <summary>
/// Answers the request for a WebSocket, which the framework has found in order, and hands its connection over to who serves it:
/// where the endpoint has a <see cref="Handover"/> when the request is done, else within it.
/// </summary>
internal static class Upgrade
{
    /// <summary>Accepts a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="protocol">The sub-protocol that is chosen, if any.</param>
    /// <param name="serve">Serves the WebSocket, until its end. It keeps nothing of the request.</param>
    public static async Task AcceptAsync(HttpContext context, string? protocol, Func<ConnectionContext, Task> serve)
    {
        if (protocol is not null)
            context.Response.Headers.SecWebSocketProtocol = protocol;
        var stream = await AcceptAsync(context);
        if (context.Features.Get<Handover>() is { } handover && context.Features.Get<IHttpUpgradeFeature>() is not null)
        {
            handover.Then(serve);
            return;
        }

        await using var connection = new RequestConnection(context, stream);
        await serve(connection);
    }

    private static Task<Stream> AcceptAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return connect.AcceptAsync().AsTask();

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Answer(context.Request.Headers.SecWebSocketKey.ToString());
        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol says so, and nothing is kept secret by it: RFC 6455, 4.2.2.")]
    private static string Answer(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));

    /// <summary>A connection that its request is not done with.</summary>
    private sealed class RequestConnection(HttpContext context, Stream stream) : ConnectionContext
    {
        public override IDuplexPipe Transport { get; set; } = new StreamPipe(stream);

        public override string ConnectionId { get; set; } = context.Connection.Id;

        public override IFeatureCollection Features => context.Features;

        public override IDictionary<object, object?> Items { get; set; } = context.Items;

        public override CancellationToken ConnectionClosed { get; set; } =
            context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? context.RequestAborted;

        public override void Abort(ConnectionAbortedException abortReason) => context.Abort();

        public override async ValueTask DisposeAsync()
        {
            await Transport.Output.CompleteAsync();
            await Transport.Input.CompleteAsync();
            await base.DisposeAsync();
        }
    }
}
