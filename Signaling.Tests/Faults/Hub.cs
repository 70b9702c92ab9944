using System.Collections.Concurrent;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>
/// A host and its guests, all over one socket of the host's. Every guest that says something is talked to; one that says
/// nothing is flooded.
/// </summary>
internal sealed class Hub : IPeerEvents, IAsyncDisposable
{
    private const int FloodBytes = 16 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] FloodData = new byte[FloodBytes];

    private readonly ConcurrentDictionary<short, HubGuest?> _links = [];
    private readonly List<HubGuest> _guests = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _talking = Task.CompletedTask;
    private int _silenced;

    public FaultPeer Peer { get; private set; } = null!;

    public PeerEnd? End { get; private set; }

    /// <summary>How many links of guests that said nothing have ended.</summary>
    public int SilentEnded => Volatile.Read(ref _silenced);

    public IReadOnlyList<HubGuest> Guests => _guests;

    public static async Task<Hub> ListenAsync(Uri url, string address)
    {
        var hub = new Hub();
        using var late = new CancellationTokenSource(Promises.Answer);
        hub.Peer = await FaultPeer.ConnectAsync(url, hub, late.Token);
        await hub.Peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        hub._talking = Task.Run(hub.TalkAsync);
        return hub;
    }

    /// <summary>Has a guest come that talks and listens.</summary>
    public async Task InviteAsync(Uri url, string address)
    {
        var guest = new HubGuest(_guests.Count);
        await guest.ComeAsync(url, address);
        lock (_guests)
            _guests.Add(guest);
    }

    /// <summary>Nobody says anything any more; ends when all is heard or a while has passed.</summary>
    public async Task FallSilentAsync(TimeSpan patience)
    {
        await _stop.CancelAsync();
        await _talking;
        var start = Moment.Now;
        using var again = new PeriodicTimer(Tick);
        while (start.Ago < patience && _guests.Any(guest => guest.FromHub.Lost + guest.ToHub.Lost > 0))
            await again.WaitForNextTickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking;
        Peer.Dispose();
        _guests.ForEach(guest => guest.Dispose());
        _stop.Dispose();
    }

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (!FrameHeader.TryRead(message, out var header))
            return;
        switch (header.Type)
        {
            case EventType.NewConnection:
                _links[header.Id] = null;
                break;
            case EventType.Disconnected:
                if (_links.TryRemove(header.Id, out var gone) && gone is null)
                    Interlocked.Increment(ref _silenced);
                break;
            case EventType.ReliableMessageReceived:
                if (!Talk.TryRead(message[FrameHeader.DataOffset..], out _, out var number, out var count, out var saidAt))
                    break;
                lock (_guests)
                    _links[header.Id] = number < _guests.Count ? _guests[number] : null;
                _links[header.Id]?.ToHub.Hear(count, saidAt, at);
                break;
        }
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end) => End = end;

    private async Task TalkAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        var every = (int)(Seating.Steadily / Tick);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(_stop.Token); tick++)
            {
                foreach (var (link, guest) in _links)
                {
                    if (guest is null)
                        Peer.TrySend(Frame.Of(EventType.ReliableMessageReceived, link, FloodData));
                    else if ((tick + link) % every == 0 && Peer.TrySend(guest.FromHubNext(link)))
                        guest.FromHub.Say();
                }

                lock (_guests)
                    _guests.Where((_, i) => (tick + i) % every == 0).ToList().ForEach(guest => guest.Say());
            }
        }
        catch (OperationCanceledException)
        {
            // They are to fall silent.
        }
    }
}
