using System.Security.Cryptography.X509Certificates;
using System.Text;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Peers;

/// <summary>Two peers with a link between them.</summary>
internal sealed class Call : IAsyncDisposable
{
    private const short GuestId = 1;
    private const short ListenerId = 16384;

    private int _said;

    private Call(TestPeer listener, TestPeer guest) => (Listener, Guest) = (listener, guest);

    public TestPeer Listener { get; }

    public TestPeer Guest { get; }

    /// <summary>Lets a peer call one that listens.</summary>
    /// <param name="from">The app's URL for the one.</param>
    /// <param name="to">The app's URL for the other.</param>
    /// <param name="address">What it listens under.</param>
    /// <param name="root">The root that both trust, where that is not left to the system.</param>
    public static async Task<Call> OpenAsync(Uri from, Uri to, string address, X509Certificate2? root = null)
    {
        var call = new Call(
            await TestPeer.ListenAsync(to, address, root),
            await (root is null ? TestPeer.ConnectAsync(from) : TestPeer.ConnectTrustingAsync(from, root)));
        await call.Guest.SendAsync(Frame.Of(EventType.NewConnection, GuestId, address));
        await call.Guest.ExpectAsync(Frame.Of(EventType.NewConnection, GuestId));
        await call.Listener.ExpectAsync(Frame.Of(EventType.NewConnection, ListenerId));
        return call;
    }

    /// <summary>Each says a few words that the other hears, in order and once.</summary>
    public async Task TalkAsync()
    {
        const int Words = 5;
        for (var i = 0; i < Words; i++)
        {
            await Guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, GuestId, Word(_said + i)));
            await Listener.SendAsync(Frame.Of(EventType.UnreliableMessageReceived, ListenerId, Word(_said + i)));
        }

        for (var i = 0; i < Words; i++)
        {
            await Listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, ListenerId, Word(_said + i)));
            await Guest.ExpectAsync(Frame.Of(EventType.UnreliableMessageReceived, GuestId, Word(_said + i)));
        }

        _said += Words;
    }

    /// <summary>The guest hangs up and the listener hears of it.</summary>
    public async Task EndAsync()
    {
        await Guest.CloseAsync();
        await Listener.ExpectAsync(Frame.Of(EventType.Disconnected, ListenerId));
    }

    public async ValueTask DisposeAsync()
    {
        await Guest.DisposeAsync();
        await Listener.DisposeAsync();
    }

    private static byte[] Word(int i) => Encoding.UTF8.GetBytes($"word {i}");
}
