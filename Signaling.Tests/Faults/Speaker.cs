using System.Net.Sockets;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>
/// One peer of a conversation. A host also gives back what other callers to its address say to be echoed.
/// </summary>
/// <param name="conversation">The number of its conversation.</param>
/// <param name="says">What it says.</param>
/// <param name="hears">What it hears.</param>
internal sealed class Speaker(int conversation, Direction says, Direction hears) : IPeerEvents, IDisposable
{
    private readonly TaskCompletionSource<Arrival> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FaultPeer? _peer;
    private int _link = int.MinValue;

    /// <summary>When it was told that its link is over.</summary>
    public Moment? ToldOver { get; private set; }

    /// <summary>When it was told, unasked, that it no longer holds its address.</summary>
    public Moment? LostAddress { get; private set; }

    /// <summary>How its socket ended.</summary>
    public PeerEnd? End { get; private set; }

    /// <summary>Its link or its socket is over.</summary>
    public Task Over => _over.Task;

    /// <summary>Connects and makes its request; <paramref name="link"/> is the id that it gives its link, if it asks for one.</summary>
    /// <exception cref="IOException">It was not possible.</exception>
    public async Task ComeAsync(Uri url, byte[] request, EventType wanted, short? link, TimeSpan patience)
    {
        if (link is { } id)
            _link = id;
        using var late = new CancellationTokenSource(patience);
        try
        {
            _peer = await FaultPeer.ConnectAsync(url, this, late.Token);
            await _peer.SendAsync(request);
            var answer = await _answer.Task.WaitAsync(late.Token);
            if (answer.Type != wanted)
                throw new IOException($"The answer was {answer.Type} {answer.End?.Reason}, not {wanted}.");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            throw new IOException($"No answer at {url}: {e.Message}", e);
        }
    }

    /// <summary>Says the next number, unless the socket has no room or the link is not known yet or over.</summary>
    public void Say()
    {
        if (_link == int.MinValue || Over.IsCompleted || _peer is null)
            return;
        var message = Talk.Write(Talk.Said, (short)_link, conversation, says.NextToSay, Moment.Now);
        if (_peer.TrySend(message))
            says.Say();
    }

    public Task LeaveAsync() => _peer?.CloseAsync() ?? Task.CompletedTask;

    public void Dispose() => _peer?.Dispose();

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (!FrameHeader.TryRead(message, out var header))
            return;
        switch (header.Type)
        {
            case EventType.ServerInitialized or EventType.ServerInitFailed or EventType.NewConnection or EventType.ConnectionFailed:
                _answer.TrySetResult(new Arrival(at, header.Type, header.Id, [], End: null));
                break;
            case EventType.ReliableMessageReceived:
                Hear(header.Id, message[FrameHeader.DataOffset..header.FrameLength], at);
                break;
            case EventType.Disconnected when header.Id == _link:
                ToldOver ??= at;
                _over.TrySetResult();
                break;
            case EventType.ServerClosed:
                LostAddress ??= at;
                break;
        }
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end)
    {
        End = end;
        _answer.TrySetResult(new Arrival(end.At, EventType.Invalid, FrameHeader.NoId, [], end));
        _over.TrySetResult();
    }

    private void Hear(short link, ReadOnlySpan<byte> data, Moment at)
    {
        if (!Talk.TryRead(data, out var kind, out var whose, out var number, out var saidAt))
        {
            hears.HearForeign();
        }
        else if (kind == Talk.Echo)
        {
            _ = _peer!.SendAsync(Talk.Write(Talk.Echo, link, whose, number, saidAt));
        }
        else if (whose != conversation)
        {
            hears.HearForeign();
        }
        else
        {
            _link = link; // a host learns by its guest's first message which link is theirs
            hears.Hear(number, saidAt, at);
        }
    }
}
