using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The ends of links that connections of this node left unconfirmed. The node of each other end is told, in batches,
/// until it says that it has heard or is removed.
/// </summary>
/// <param name="membership">Who is there to be told.</param>
/// <param name="effects">Where the letters go.</param>
internal sealed class BrokenEnds(Membership membership, INodeEffects effects)
{
    private const long RepeatAfter = 1_000; // ms

    private readonly Dictionary<int, Batch> _ofNode = [];

    public bool IsEmpty => _ofNode.Count == 0;

    /// <summary>When <see cref="Tick"/> is to be called, in ms.</summary>
    public long Due
    {
        get
        {
            var due = long.MaxValue;
            foreach (var (_, batch) in _ofNode)
                due = Math.Min(due, batch.SendAt);
            return due;
        }
    }

    /// <summary>Takes them over. They go out with the next tick, so that a crowd that leaves at once makes few letters.</summary>
    public void Add(IReadOnlyList<BrokenLink> links, long now)
    {
        foreach (var link in links)
        {
            var node = link.Other.Node;
            if (node == membership.Self)
            {
                Tell(link);
            }
            else if (!membership.HasLeft(node))
            {
                if (!_ofNode.TryGetValue(node, out var batch))
                    _ofNode.Add(node, batch = new Batch());
                batch.Links.Add(link);
                batch.SendAt = Math.Min(batch.SendAt, now);
            }
        }
    }

    /// <summary>Another node tells of such ends.</summary>
    public void Receive(BrokenLinks broken)
    {
        foreach (var link in broken.Page)
            Tell(link);
        effects.Tell(broken.From, new BrokenLinksTold(broken.Page));
    }

    public void Receive(BrokenLinksTold told)
    {
        foreach (var link in told.Page)
        {
            if (_ofNode.TryGetValue(link.Other.Node, out var batch) && batch.Links.Remove(link) && batch.Links.Count == 0)
                _ofNode.Remove(link.Other.Node);
        }
    }

    /// <summary>A node has left: its ends are gone with it.</summary>
    public void Removed(int node) => _ofNode.Remove(node);

    public void Tick(long now)
    {
        foreach (var (node, batch) in _ofNode)
        {
            if (batch.SendAt > now)
                continue;

            foreach (var page in batch.Links.Chunk(BrokenLinks.PageSize))
                effects.Tell(node, new BrokenLinks(membership.Self, page));
            batch.SendAt = now + RepeatAfter;
        }
    }

    private void Tell(BrokenLink link) => effects.Tell(link.Other, new LinkGone(link.Link, link.Gone, link.Other));

    private sealed class Batch
    {
        public HashSet<BrokenLink> Links { get; } = [];

        public long SendAt { get; set; } = long.MaxValue;
    }
}
