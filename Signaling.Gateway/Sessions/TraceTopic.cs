using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Desk;

namespace Signaling.Gateway.Sessions;

/// <summary>What a node knows of an address.</summary>
internal sealed class TraceTopic(SessionLog log) : DeskTopic<TraceQuestion, TraceAnswer>("trace")
{
    // Together with the rest of its line one takes some 400 bytes.
    private const int Most = 2000;

    protected override Task<TraceAnswer> AnswerAsync(TraceQuestion question)
    {
        var entries = log.About(question.App, question.Key);
        return Task.FromResult(new TraceAnswer([.. entries.TakeLast(Most).Select(TraceStep.Of)]));
    }
}

/// <summary>Asks for what is known of an address.</summary>
/// <param name="App">The app's path.</param>
/// <param name="Key">The address' key.</param>
internal sealed record TraceQuestion(string App, string Key);

/// <summary>What a node knows of an address.</summary>
/// <param name="Steps">The last steps, the oldest first.</param>
internal sealed record TraceAnswer(IReadOnlyList<TraceStep> Steps);

/// <summary>A step of a peer, as it travels between nodes.</summary>
internal sealed record TraceStep(
    long At, StepKind Kind, StepReason Reason, PeerName Peer, string? Link, PeerName? Other, TraceTraffic? Traffic, string? Note)
{
    public static TraceStep Of(SessionEntry entry)
    {
        var step = entry.Step;
        return new TraceStep(
            entry.At,
            step.Kind,
            step.Reason,
            PeerName.Of(step.Peer),
            step.Link is { } link ? Called(link) : null,
            step.Other is { } other ? PeerName.Of(other) : null,
            step.Traffic is { } traffic ? TraceTraffic.Of(traffic) : null,
            entry.Note);
    }

    /// <summary>What a link is called, the same at both of its ends.</summary>
    public static string Called(LinkName link) => $"{PeerName.Of(link.Initiator)}/{link.Request}/{link.Ordinal}";
}

/// <summary>A peer: the node that it is connected to, and its number there.</summary>
internal sealed record PeerName(int Node, long Number)
{
    public static PeerName Of(ConnectionUid uid) => new(uid.Node, uid.Number);

    public override string ToString() => $"{Node}:{Number}";
}

/// <summary>What has gone over a link, each way and by kind: messages and bytes.</summary>
internal sealed record TraceTraffic(Count SentReliable, Count SentUnreliable, Count ReceivedReliable, Count ReceivedUnreliable, long HeldUpMs)
{
    public static TraceTraffic Of(LinkTraffic traffic) => new(
        traffic.SentReliable, traffic.SentUnreliable, traffic.ReceivedReliable, traffic.ReceivedUnreliable, traffic.HeldUp);
}
