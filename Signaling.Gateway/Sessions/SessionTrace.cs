using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Desk;

namespace Signaling.Gateway.Sessions;

/// <summary>Why did this call fail? The life of one address over all nodes, as far as it is still kept, in words.</summary>
internal sealed class SessionTrace(ClusterDesk desk, TraceTopic topic)
{
    /// <summary>Asks all nodes.</summary>
    /// <param name="app">The app's path.</param>
    /// <param name="address">The address.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Trace> OfAsync(string app, string address, CancellationToken cancellation)
    {
        var key = AddressKey.Of(app, address);
        var answers = await desk.AskAsync(topic, new TraceQuestion(app, key), cancellation);
        var nodes = answers.All.Select(one => one.Node).Concat(answers.Silent).ToDictionary(node => node.Uid, node => node.Address);
        var steps = Tell(answers.All.SelectMany(one => one.Answer.Steps.Select(step => (one.Node, step))).OrderBy(one => one.step.At), nodes);
        return new Trace(app, key, VerdictOf(steps), steps, [.. answers.Silent.Select(node => node.Address)]);
    }

    // Who was turned away may have meant another address.
    private static string? VerdictOf(List<TracedStep> steps) =>
        (steps.LastOrDefault(step => step.IsFailure && step.Kind != StepKind.TurnedAway) ?? steps.LastOrDefault(step => step.IsFailure))?.What;

    private static List<TracedStep> Tell(IEnumerable<(NodeName Node, TraceStep Step)> all, Dictionary<int, string> nodes)
    {
        var holders = new List<PeerName>();
        var told = new List<TracedStep>();
        foreach (var (node, step) in all)
        {
            var holder = holders.LastOrDefault(one => one != step.Peer);
            told.Add(new TracedStep(
                DateTimeOffset.FromUnixTimeMilliseconds(step.At),
                TraceWords.Of(step, Called(step.Peer)!, Called(step.Other), Called(holder)),
                TraceWords.IsFailure(step),
                step.Kind,
                step.Reason,
                node.Address,
                step.Kind == StepKind.TurnedAway ? null : step.Peer.ToString(),
                step.Other?.ToString(),
                step.Link,
                step.Traffic,
                step.Note));
            if (step.Kind == StepKind.Listening)
                holders.Add(step.Peer);
            else if (step.Kind == StepKind.ListenEnded)
                holders.Remove(step.Peer);
        }

        return told;

        string? Called(PeerName? peer) => peer is null ? null : $"peer {peer.Number} at {nodes.GetValueOrDefault(peer.Node, $"node {peer.Node}, which is gone")}";
    }
}

/// <summary>The life of an address.</summary>
/// <param name="App">The app's path.</param>
/// <param name="Key">The address' key: a hash of it.</param>
/// <param name="Verdict">The last thing that went wrong, in a sentence; null: nothing has, as far as is known.</param>
/// <param name="Steps">All that is known, the oldest first. The clocks of nodes may differ.</param>
/// <param name="Silent">Nodes that have not answered: what they know is missing.</param>
internal sealed record Trace(string App, string Key, string? Verdict, IReadOnlyList<TracedStep> Steps, IReadOnlyList<string> Silent);

/// <summary>A step.</summary>
/// <param name="At">When.</param>
/// <param name="What">In a sentence.</param>
/// <param name="IsFailure">Whether it is what a caller complains of.</param>
/// <param name="Kind">What has happened.</param>
/// <param name="Reason">Why.</param>
/// <param name="Node">The node that tells it.</param>
/// <param name="Peer">The peer, as <c>node:number</c>.</param>
/// <param name="Other">The peer at the link's other end.</param>
/// <param name="Link">The link.</param>
/// <param name="Traffic">What has gone over it.</param>
/// <param name="Note">How the socket ended, or who was turned away and why.</param>
internal sealed record TracedStep(
    DateTimeOffset At,
    string What,
    bool IsFailure,
    StepKind Kind,
    StepReason Reason,
    string Node,
    string? Peer,
    string? Other,
    string? Link,
    TraceTraffic? Traffic,
    string? Note);
