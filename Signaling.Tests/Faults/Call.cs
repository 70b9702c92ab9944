using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>
/// A call as two apps make it: one reserves an address, the other connects, they exchange messages, and the one that
/// called says a last word and ends it in the same breath.
/// </summary>
internal static class Call
{
    private const short Link = 1;
    private const int Messages = 3;

    private static readonly TimeSpan SocketPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerPatience = Promises.Answer + TimeSpan.FromSeconds(2);

    /// <summary>Makes the call.</summary>
    /// <param name="host">Where who is called connects.</param>
    /// <param name="guest">Where who calls connects.</param>
    /// <param name="address">A free address.</param>
    /// <returns>What became of it, and the longest that one of its requests took to be answered.</returns>
    public static async Task<(CallOutcome Outcome, TimeSpan Answer)> MakeAsync(Uri host, Uri guest, string address)
    {
        var longest = TimeSpan.Zero;
        try
        {
            using var called = await QueuedPeer.ConnectAsync(host, SocketPatience);
            using var caller = await QueuedPeer.ConnectAsync(guest, SocketPatience);
            var outcome = await AskAsync(called, Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address), EventType.ServerInitialized);
            if (outcome == CallOutcome.Worked)
                outcome = await AskAsync(caller, Frame.Of(EventType.NewConnection, Link, address), EventType.NewConnection);
            if (outcome == CallOutcome.Worked)
                outcome = await ExchangeAsync(called, caller);
            await Task.WhenAll(called.Peer.CloseAsync(), caller.Peer.CloseAsync());
            return (outcome, longest);
        }
        catch (IOException)
        {
            return (CallOutcome.NoSocket, longest);
        }

        async Task<CallOutcome> AskAsync(QueuedPeer peer, byte[] request, EventType wanted)
        {
            var start = Moment.Now;
            await peer.SendAsync(request);
            var answer = await peer.NextAsync(AnswerPatience);
            longest = start.Ago > longest ? start.Ago : longest;
            return OutcomeOf(answer, wanted);
        }
    }

    /// <summary>What an answer means for a call.</summary>
    public static CallOutcome OutcomeOf(Arrival? answer, EventType wanted) => answer switch
    {
        null => CallOutcome.Unanswered,
        { End: not null } => CallOutcome.Closed,
        _ when answer.Type == wanted => CallOutcome.Worked,
        { Type: EventType.ServerInitFailed } => CallOutcome.Denied,
        { Type: EventType.ConnectionFailed } => CallOutcome.Failed,
        _ => CallOutcome.Lost,
    };

    private static async Task<CallOutcome> ExchangeAsync(QueuedPeer called, QueuedPeer caller)
    {
        if (await called.NextAsync(SocketPatience) is not { Type: EventType.NewConnection, Id: var id } opened)
            return CallOutcome.Lost;

        for (var i = 0; i < Messages; i++)
        {
            await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Link, [(byte)i]));
            var outcome = await ExpectAsync(called, EventType.ReliableMessageReceived, (byte)i);
            if (outcome != CallOutcome.Worked)
                return outcome;
            await called.SendAsync(Frame.Of(EventType.ReliableMessageReceived, id, [(byte)i]));
            outcome = await ExpectAsync(caller, EventType.ReliableMessageReceived, (byte)i);
            if (outcome != CallOutcome.Worked)
                return outcome;
        }

        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Link, [Messages]));
        await caller.SendAsync(Frame.Of(EventType.Disconnected, Link));
        var last = await ExpectAsync(called, EventType.ReliableMessageReceived, Messages);
        return last == CallOutcome.Worked ? await ExpectAsync(called, EventType.Disconnected, data: null) : last;
    }

    private static async Task<CallOutcome> ExpectAsync(QueuedPeer peer, EventType type, byte? data) =>
        await peer.NextAsync(AnswerPatience) switch
        {
            { End: not null } => CallOutcome.Closed,
            { } message when message.Type == type && (data is null || message.Data is [var only] && only == data) => CallOutcome.Worked,
            _ => CallOutcome.Lost,
        };
}
