using Akka.Actor;
using Signaling.Actors.Hosting;
using Signaling.Actors.Nodes;

namespace Signaling.Gateway.Desk;

/// <summary>Puts questions to the nodes of the cluster, from any of them.</summary>
internal sealed class ClusterDesk(ActorSystem system)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks.</summary>
    /// <typeparam name="TQuestion">What is asked.</typeparam>
    /// <typeparam name="TAnswer">What each node answers.</typeparam>
    /// <param name="topic">What it is about.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="node">The uid of the only node to ask; null: all.</param>
    public async Task<ClusterAnswers<TAnswer>> AskAsync<TQuestion, TAnswer>(
        DeskTopic<TQuestion, TAnswer> topic, TQuestion question, CancellationToken cancellation, int? node = null)
    {
        var asked = await SignalingActors.AskNodesAsync(
            system, new AskNodes(topic.Name, DeskTopic<TQuestion, TAnswer>.Write(question), Patience, node), cancellation);
        return new ClusterAnswers<TAnswer>(
            [.. asked.Answers.Where(one => one.Body is not null).Select(one => (NameOf(one), DeskTopic<TQuestion, TAnswer>.Read(one.Body!)))],
            [.. asked.Answers.Where(one => one.Body is null).Select(NameOf)]);
    }

    private static NodeName NameOf(NodeAnswer answer) => new(answer.Node, answer.Address);
}

/// <summary>A node.</summary>
/// <param name="Uid">The number of this start of it.</param>
/// <param name="Address">Where the others reach it.</param>
internal sealed record NodeName(int Uid, string Address);

/// <summary>What the nodes have answered, and who has not.</summary>
/// <typeparam name="T">What each answers.</typeparam>
/// <param name="All">The answers.</param>
/// <param name="Silent">The nodes that have not answered in time.</param>
internal sealed record ClusterAnswers<T>(IReadOnlyList<(NodeName Node, T Answer)> All, IReadOnlyList<NodeName> Silent);
