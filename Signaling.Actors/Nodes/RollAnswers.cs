using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The answers to one roll call, page by page. A node that has answered grants nothing more until the roll has been called, so that
/// the number of its reservations tells one set of pages from the next, and the smaller one is the newer.
/// </summary>
internal sealed class RollAnswers
{
    private readonly Dictionary<int, Pages> _ofNode = [];

    /// <summary>Whether a node has answered in full.</summary>
    public bool IsComplete(int node) => _ofNode.TryGetValue(node, out var pages) && pages.Standings.Count == pages.Total;

    /// <summary>What a node has named.</summary>
    public IReadOnlyList<Standing> Of(int node) => _ofNode[node].Standings;

    /// <summary>Takes the next page. One that comes too early or twice counts for nothing: all pages are sent again.</summary>
    public void Add(RollAnswer answer)
    {
        if (!_ofNode.TryGetValue(answer.From, out var pages) || answer.Total < pages.Total)
            _ofNode[answer.From] = pages = new Pages(answer.Total);

        if (answer.Total == pages.Total && answer.Skip == pages.Standings.Count)
            pages.Standings.AddRange(answer.Standings);
    }

    public void Clear() => _ofNode.Clear();

    private sealed class Pages(int total)
    {
        public int Total { get; } = total;

        public List<Standing> Standings { get; } = [];
    }
}
