using System.Text;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;

namespace Signaling.Tests.Cluster;

/// <summary>Two peers with a link between them.</summary>
internal sealed class Call : IAsyncDisposable
{
    private const short GuestId = 1;
    private const short ListenerId = 16384;

    private readonly TestPeer _guest;
    private readonly TestPeer _listener;
    private int _said;

    private Call(TestPeer guest, TestPeer listener)
    {
        _guest = guest;
        _listener = listener;
    }

    /// <summary>Lets a peer of one node call one that listens at another.</summary>
    public static async Task<Call> OpenAsync(NodeProcess from, NodeProcess to, string address)
    {
        var listener = await TestPeer.ListenAsync(to.App("/callapp"), address);
        var guest = await TestPeer.ConnectAsync(from.App("/callapp"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, GuestId, address));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, GuestId));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, ListenerId));
        return new Call(guest, listener);
    }

    /// <summary>Each says a few words that the other hears, in order and once.</summary>
    public async Task TalkAsync()
    {
        const int Words = 5;
        for (var i = 0; i < Words; i++)
        {
            await _guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, GuestId, Word(_said + i)));
            await _listener.SendAsync(Frame.Of(EventType.UnreliableMessageReceived, ListenerId, Word(_said + i)));
        }

        for (var i = 0; i < Words; i++)
        {
            await _listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, ListenerId, Word(_said + i)));
            await _guest.ExpectAsync(Frame.Of(EventType.UnreliableMessageReceived, GuestId, Word(_said + i)));
        }

        _said += Words;
    }

    /// <summary>The guest hangs up and the listener hears of it.</summary>
    public async Task EndAsync()
    {
        await _guest.CloseAsync();
        await _listener.ExpectAsync(Frame.Of(EventType.Disconnected, ListenerId));
    }

    public async ValueTask DisposeAsync()
    {
        await _guest.DisposeAsync();
        await _listener.DisposeAsync();
    }

    private static byte[] Word(int i) => Encoding.UTF8.GetBytes($"word {i}");
}
