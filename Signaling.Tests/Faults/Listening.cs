using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Waits for what a peer that reads nothing can't tell.</summary>
internal static class Listening
{
    private const short Link = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until an address is held: until another peer can connect to it, which it does for a moment.</summary>
    public static async Task UntilHeldAsync(Uri url, string address)
    {
        using var other = await QueuedPeer.ConnectAsync(url, Promises.Answer);
        using var again = new PeriodicTimer(Pause);
        for (var start = Moment.Now; start.Ago < Promises.Answer; await again.WaitForNextTickAsync())
        {
            await other.SendAsync(Frame.Of(EventType.NewConnection, Link, address));
            if (await other.NextAsync(Promises.Answer) is { Type: EventType.NewConnection })
            {
                await other.SendAsync(Frame.Of(EventType.Disconnected, Link));
                return;
            }
        }

        throw new InvalidOperationException("Nobody holds the address.");
    }
}
