using System.Diagnostics;
using Signaling.Actors.Protocol;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;

namespace Signaling.Load.Modes;

/// <summary>One end of a link over which messages go.</summary>
internal sealed class RelayEnd
{
    private readonly Peer _peer;
    private readonly short _id;
    private readonly (int Own, int Other) _ends;
    private readonly string _who;
    private readonly byte[] _frame;
    private readonly Meter _meter;
    private readonly Wrongs _wrongs;
    private bool _leaves;

    /// <param name="peer">The peer.</param>
    /// <param name="id">What it calls the link.</param>
    /// <param name="own">The end's number.</param>
    /// <param name="other">The other end's.</param>
    /// <param name="size">Bytes of data in a message.</param>
    /// <param name="meter">Where it is measured.</param>
    /// <param name="wrongs">Where it is counted what is wrong.</param>
    public RelayEnd(Peer peer, short id, int own, int other, int size, Meter meter, Wrongs wrongs)
    {
        (_peer, _id, _ends, _meter, _wrongs) = (peer, id, (own, other), meter, wrongs);
        _who = $"end {own} at {peer.Place}";
        _frame = Words.Frame(id, size);
        Arrivals = new Arrivals(other, own, _who, wrongs);
    }

    /// <summary>How many messages it has sent.</summary>
    public long Sent { get; private set; }

    /// <summary>What it has got.</summary>
    public Arrivals Arrivals { get; }

    /// <summary>Sends the next message. Only one at a time.</summary>
    /// <param name="at">When it should be sent.</param>
    /// <param name="answers">The time stamp of what it answers.</param>
    public ValueTask SayAsync(long at, long answers = 0)
    {
        new Words(_ends.Own, _ends.Other, ++Sent, at, answers).Write(_frame);
        return _peer.SendAsync(_frame, CancellationToken.None);
    }

    /// <summary>Takes what comes until the socket ends.</summary>
    /// <param name="then">What is done with each message, and when it came.</param>
    public async Task ListenAsync(Func<Words, long, ValueTask> then)
    {
        try
        {
            while (true)
            {
                var frame = await _peer.ReceiveAsync(CancellationToken.None);
                var now = Stopwatch.GetTimestamp();
                if (!IsOfLink(frame.Span) || !Arrivals.Take(frame.Span, out var words))
                    continue;

                _meter.Arrived();
                _meter.Latency.Add(words.Sent, now);
                await then(words, now);
            }
        }
        catch (PeerException why)
        {
            if (!Volatile.Read(ref _leaves))
                _wrongs.AddBroken(why, _who);
        }
        catch (Exception e) when (Volatile.Read(ref _leaves) && e is ObjectDisposedException or InvalidOperationException)
        {
            // It did not close in time and was dropped.
        }

        Arrivals.GiveUp();
    }

    /// <summary>What comes from now on about the link's end, or that of the socket, is no surprise.</summary>
    public void Leaves() => Volatile.Write(ref _leaves, true);

    /// <summary>Closes its socket in order.</summary>
    public async Task LeaveAsync(CancellationToken late)
    {
        try
        {
            await _peer.LeaveAsync(late);
        }
        catch (Exception e) when (e is PeerException or OperationCanceledException)
        {
            // What is to be found out has been.
        }
    }

    private bool IsOfLink(ReadOnlySpan<byte> frame)
    {
        if (!FrameHeader.TryRead(frame, out var header) || header.Type == EventType.ReliableMessageReceived && header.Id == _id)
            return true; // what is damaged is found next

        if (header.Type != EventType.Disconnected || !Volatile.Read(ref _leaves))
            _wrongs.AddStray($"a message of type {(byte)header.Type} came for link {header.Id}, not a reliable one for {_id}", _who);
        return false;
    }
}
