using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>One question to several nodes, and what has come of it so far.</summary>
/// <param name="asked">The nodes, by uid, and where the others reach them.</param>
internal sealed class Inquiry(IReadOnlyList<(int Node, string Address)> asked)
{
    private readonly Dictionary<int, byte[]> _answers = [];
    private readonly Dictionary<int, (byte[] Bytes, int Come)> _partial = [];

    /// <summary>Whether all have answered.</summary>
    public bool IsDone => _answers.Count == asked.Count;

    /// <summary>Takes a page. Pages come in their order; one out of it, or of a node that was not asked, counts for nothing.</summary>
    public void Take(OperatorAnswer page)
    {
        if (!asked.Any(one => one.Node == page.From) || _answers.ContainsKey(page.From))
            return;

        var (bytes, come) = _partial.TryGetValue(page.From, out var before) ? before : (new byte[page.Total], 0);
        if (page.Skip != come || page.Total != bytes.Length)
            return;

        page.Page.Span.CopyTo(bytes.AsSpan(come));
        come += page.Page.Length;
        _partial[page.From] = (bytes, come);
        if (come == bytes.Length)
        {
            _partial.Remove(page.From);
            _answers[page.From] = bytes;
        }
    }

    /// <summary>What has been answered, and who has not.</summary>
    public IReadOnlyList<NodeAnswer> Outcome() =>
        [.. asked.Select(one => new NodeAnswer(one.Node, one.Address, _answers.GetValueOrDefault(one.Node)))];
}

/// <summary>What one node has answered.</summary>
/// <param name="Node">Its uid.</param>
/// <param name="Address">Where the others reach it, as <c>host:port</c>.</param>
/// <param name="Body">Its answer; null: it has not answered.</param>
public sealed record NodeAnswer(int Node, string Address, byte[]? Body);
