using Signaling.Actors.Protocol;

namespace Signaling.Tests.Peers;

/// <summary>Two peers with an open link.</summary>
internal sealed class Call : IAsyncDisposable
{
    private const short CallersLink = 1;
    private const short ListenersLink = 16384;

    private Call(TestPeer listener, TestPeer caller) => (Listener, Caller) = (listener, caller);

    public TestPeer Listener { get; }

    public TestPeer Caller { get; }

    /// <summary>Opens the link by an address.</summary>
    public static async Task<Call> OpenAsync(Uri listener, Uri caller, string address)
    {
        var call = new Call(await TestPeer.ListenAsync(listener, address), await TestPeer.ConnectAsync(caller));
        await call.Caller.SendAsync(Frame.Of(EventType.NewConnection, CallersLink, address));
        await call.Caller.ExpectAsync(Frame.Of(EventType.NewConnection, CallersLink));
        await call.Listener.ExpectAsync(Frame.Of(EventType.NewConnection, ListenersLink));
        return call;
    }

    /// <summary>Each says something that the other gets.</summary>
    public async Task TalkAsync()
    {
        await Caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, CallersLink, "hello"u8));
        await Listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, ListenersLink, "hello"u8));
        await Listener.SendAsync(Frame.Of(EventType.ReliableMessageReceived, ListenersLink, "hi"u8));
        await Caller.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, CallersLink, "hi"u8));
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        await Caller.DisposeAsync();
    }
}
