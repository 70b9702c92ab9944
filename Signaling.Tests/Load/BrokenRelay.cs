using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Load;

/// <summary>What becomes of a relayed message that is not passed on as it should be.</summary>
internal enum Fault
{
    Lost,
    Doubled,
    Reordered,
    Damaged,
    Stray,
    Broken,
}

/// <summary>The smallest server that links peers and relays, and does one thing wrong with one of the messages.</summary>
internal sealed class BrokenRelay : IAsyncDisposable
{
    private const int Which = 5;
    private const short FirstIncomingId = 16384;

    private readonly WebApplication _app;
    private readonly Fault _fault;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Guest> _holders = new(StringComparer.Ordinal);
    private (Guest To, byte[] Message)? _late;
    private int _relayed;

    private BrokenRelay(Fault fault)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        (_fault, _app) = (fault, builder.Build());
        _app.UseWebSockets();
        _app.Run(async context => await ServeAsync(new Guest(await context.WebSockets.AcceptWebSocketAsync())));
    }

    public Uri Url => new UriBuilder(_app.Urls.Single()) { Scheme = "ws", Path = "/callapp" }.Uri;

    public static async Task<BrokenRelay> StartAsync(Fault fault)
    {
        var relay = new BrokenRelay(fault);
        await relay._app.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _turn.Dispose();
    }

    private async Task ServeAsync(Guest guest)
    {
        var buffer = new byte[4096];
        while (guest.Socket.State == WebSocketState.Open)
        {
            var part = await guest.Socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            await _turn.WaitAsync();
            try
            {
                if (part.MessageType == WebSocketMessageType.Close)
                    await guest.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
                else
                    await TakeAsync(guest, buffer[..part.Count]);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task TakeAsync(Guest guest, byte[] message)
    {
        FrameHeader.TryRead(message, out var header);
        switch ((EventType)message[0])
        {
            case EventType.MetaVersion:
                await SendAsync(guest, Frame.Version());
                break;
            case EventType.ServerInitialized:
                _holders[Frame.ReadString(message, header)] = guest;
                await SendAsync(guest, message);
                break;
            case EventType.NewConnection:
                var holder = _holders[Frame.ReadString(message, header)];
                (guest.Other, guest.Id, holder.Other, holder.Id) = (holder, header.Id, guest, FirstIncomingId);
                await SendAsync(holder, Frame.Of(EventType.NewConnection, FirstIncomingId));
                await SendAsync(guest, Frame.Of(EventType.NewConnection, header.Id));
                break;
            case EventType.ReliableMessageReceived:
                FrameHeader.RewriteId(message, guest.Other!.Id);
                await RelayAsync(guest.Other, message);
                break;
        }
    }

    private async Task RelayAsync(Guest to, byte[] message)
    {
        var isWrong = ++_relayed == Which;
        switch (_fault)
        {
            case Fault.Lost when isWrong:
                return;
            case Fault.Doubled when isWrong:
                await SendAsync(to, message);
                break;
            case Fault.Reordered when isWrong:
                _late = (to, message);
                return;
            case Fault.Damaged when isWrong:
                message[^1] ^= 1;
                break;
            case Fault.Stray when isWrong:
                FrameHeader.RewriteId(message, (short)(to.Id + 1));
                break;
            case Fault.Broken when isWrong:
                to.Socket.Abort();
                return;
        }

        await SendAsync(to, message);
        if (_late is not { } late || late.To != to)
            return;
        await SendAsync(to, late.Message);
        _late = null;
    }

    private static Task SendAsync(Guest to, byte[] message) =>
        to.Socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private sealed class Guest(WebSocket socket)
    {
        public WebSocket Socket { get; } = socket;

        public Guest? Other { get; set; }

        public short Id { get; set; }
    }
}
