using Signaling.Actors.Nodes;

namespace Signaling.Gateway.Desk;

/// <summary>Answers for this node what is asked for who runs the service.</summary>
/// <param name="topics">What may be asked.</param>
internal sealed class NodeDesk(IEnumerable<IDeskTopic> topics) : IDesk
{
    private readonly Dictionary<string, IDeskTopic> _topics = topics.ToDictionary(topic => topic.Name, StringComparer.Ordinal);

    public Task<byte[]> AnswerAsync(string topic, ReadOnlyMemory<byte> body) =>
        _topics.TryGetValue(topic, out var found)
            ? found.AnswerAsync(body)
            : throw new NotSupportedException($"This version does not know the question '{topic}'.");
}
