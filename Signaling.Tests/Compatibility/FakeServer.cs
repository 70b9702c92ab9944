using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Compatibility;

/// <summary>A server that answers heartbeats, versions and closes, and everything else as a test wants it.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<byte[], byte[][]> _answers;
    private readonly bool _silent;

    private FakeServer(WebApplication app, Func<byte[], byte[][]> answers, bool silent)
    {
        _app = app;
        _answers = answers;
        _silent = silent;
    }

    /// <summary>Where it takes WebSockets.</summary>
    public Uri Url => new(_app.Urls.Single().Replace("http", "ws"));

    /// <summary>Starts one.</summary>
    /// <param name="answers">What a peer gets for a message.</param>
    /// <param name="silent">Whether not even heartbeats and versions are answered.</param>
    public static async Task<FakeServer> Start(Func<byte[], byte[][]>? answers = null, bool silent = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new FakeServer(builder.Build(), answers ?? (_ => []), silent);
        server._app.UseWebSockets();
        server._app.Run(server.Serve);
        await server._app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[2 << 20];
        try
        {
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } got)
            {
                foreach (var answer in Answers(buffer[..got.Count]))
                    await socket.SendAsync(answer, WebSocketMessageType.Binary, true, context.RequestAborted);
            }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The peer has gone without a word, as some traces have it.
        }
    }

    private byte[][] Answers(byte[] message) => message switch
    {
        _ when _silent => [],
        [202, ..] => [[202]],
        [201, ..] => [[201, 2]],
        _ => _answers(message),
    };
}
