using System.Diagnostics;
using Signaling.Actors.Protocol;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>Peers that hold one address together, each linked with each.</summary>
/// <param name="plan">The load.</param>
/// <param name="number">The room's number.</param>
/// <param name="gate">Opens the sockets.</param>
/// <param name="meter">Where messages are measured.</param>
/// <param name="wrongs">Where it is counted what is wrong.</param>
internal sealed class Room(LoadPlan plan, int number, Gate gate, Meter meter, Wrongs wrongs) : IDisposable
{
    private readonly string _address = Steps.NewAddress();
    private readonly Peer?[] _peers = new Peer?[plan.Count];
    private readonly short[][] _links = new short[plan.Count][];

    /// <summary>Everyone comes.</summary>
    /// <returns>When the first reserved the address, and when all were linked to all.</returns>
    public async Task<(long Came, long Linked)> MeetAsync(CancellationToken late)
    {
        await Together.RunAsync(plan.Count, async (one, failed) => _peers[one] = await gate.OpenAsync(plan.UrlOf(one), failed), late);
        var came = Stopwatch.GetTimestamp();
        await Together.RunAsync(plan.Count, LinkAsync, late);
        return (came, Stopwatch.GetTimestamp());
    }

    /// <summary>Everyone says something to everyone.</summary>
    /// <returns>When the first began, and when all had heard all.</returns>
    public async Task<(long Began, long Heard)> TalkAsync(CancellationToken late)
    {
        var began = Stopwatch.GetTimestamp();
        await Together.RunAsync(plan.Count, (one, failed) => Task.WhenAll(SayAsync(one, failed), HearAsync(one, failed)), late);
        return (began, Stopwatch.GetTimestamp());
    }

    /// <summary>Everyone leaves, at once.</summary>
    public Task LeaveAsync(CancellationToken late) => Task.WhenAll(_peers.Select(peer => peer!.LeaveAsync(late)));

    public void Dispose()
    {
        foreach (var peer in _peers)
            peer?.Dispose();
    }

    private async Task LinkAsync(int one, CancellationToken late)
    {
        await Steps.ListenAsync(_peers[one]!, _address, late);
        var links = new short[plan.Count - 1];
        for (var i = 0; i < links.Length; i++)
            links[i] = await Steps.AwaitGuestAsync(_peers[one]!, late);
        _links[one] = links;
    }

    // Whom a link leads to is known only by what comes over it.
    private async Task SayAsync(int one, CancellationToken late)
    {
        foreach (var link in _links[one])
        {
            var frame = Words.Frame(link, plan.Size);
            new Words(one, To: number, Number: 1, Stopwatch.GetTimestamp()).Write(frame);
            await _peers[one]!.SendAsync(frame, late);
        }
    }

    private async Task HearAsync(int one, CancellationToken late)
    {
        var who = $"peer {one} of room {number}";
        var (senders, links) = (new HashSet<int>(), new HashSet<short>());
        for (var left = plan.Count - 1; left > 0; left--)
        {
            var frame = await _peers[one]!.ReceiveAsync(late);
            if (!Words.TryRead(frame.Span, out var words))
                wrongs.AddDamaged(frame.Length, who);
            else if (words.To != number || words.From == one)
                wrongs.AddStray($"a message came from peer {words.From} of room {words.To}", who);
            else if (!senders.Add(words.From))
                wrongs.AddDoubled(words.Number, who);
            else if (FrameHeader.TryRead(frame.Span, out var header) && (!links.Add(header.Id) || !_links[one].Contains(header.Id)))
                wrongs.AddStray($"a message came over link {header.Id}, which is another's or none", who);
            else
                Heard(words);
        }
    }

    private void Heard(Words words)
    {
        meter.Arrived();
        meter.Latency.Add(words.Sent, Stopwatch.GetTimestamp());
    }
}
