using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Signaling.Benchmarks.Rigs;

/// <summary>
/// The least that a service on Kestrel's WebSockets can do with a message: send it back. What the service costs is told beside
/// it, since both swing with the machine alike.
/// </summary>
public static class EchoServer
{
    /// <summary>What starts it instead of benchmarks.</summary>
    public const string Command = "echo";

    private const int BufferSize = 4096;

    /// <summary>Runs until its process is ended. Its first line is where it listens.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(async context => await EchoAsync(await context.WebSockets.AcceptWebSocketAsync()));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync();
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // Its client has gone.
        }
    }
}
