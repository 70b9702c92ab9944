using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How the other ends of links hear that a connection is gone.</summary>
public sealed class BrokenEndsTests
{
    private static readonly ConnectionUid Gone = new(TestNode.Self, 10);
    private readonly TestNode _node = TestNode.Among(2, 3);

    [Fact]
    public void An_end_on_the_same_node_is_told_at_once()
    {
        var link = Link(1, 20);

        End(link);

        Assert.Equal([new ToConnection(link.Other, new LinkGone(link.Link, Gone, link.Other))], _node.Take<object>());
        Assert.True(_node.State.IsIdle);
    }

    [Fact]
    public void Ends_elsewhere_are_told_in_batches_until_their_node_has_heard()
    {
        _node.Renew(2);
        BrokenLink[] links = [.. Enumerable.Range(0, 700).Select(i => Link(2, i))];
        foreach (var link in links)
            End(link);

        _node.Advance(0);
        var batches = _node.TakeLetters<BrokenLinks>();
        Assert.Equal([(2, 300), (2, 300), (2, 100)], batches.Select(sent => (sent.To, sent.Letter.Page.Count)));
        Assert.Equal(links, batches.SelectMany(sent => sent.Letter.Page));
        Assert.False(_node.State.IsIdle);

        _node.Receive(new BrokenLinksTold(batches[0].Letter.Page), new BrokenLinksTold(batches[2].Letter.Page));
        _node.Advance(1_000);
        Assert.Equal(batches[1].Letter.Page, Assert.Single(_node.TakeLetters<BrokenLinks>()).Letter.Page);

        _node.Receive(new BrokenLinksTold(batches[1].Letter.Page), new BrokenLinksTold(batches[1].Letter.Page));
        Assert.True(_node.State.IsIdle);
        _node.Advance(2_000);
        Assert.Empty(_node.TakeLetters<BrokenLinks>());
    }

    [Fact]
    public void Ends_on_a_node_that_is_removed_are_gone_with_it()
    {
        End(Link(2, 20));
        Assert.False(_node.State.IsIdle);
        _node.MembersAre(1, 3);
        Assert.True(_node.State.IsIdle);

        End(Link(2, 21));

        Assert.True(_node.State.IsIdle);
    }

    [Fact]
    public void A_node_that_is_told_tells_the_ends_and_says_so()
    {
        BrokenLink first = new(new LinkName(new ConnectionUid(2, 5), 1), new ConnectionUid(2, 5), new ConnectionUid(1, 10));
        BrokenLink[] links = [first, first with { Other = new ConnectionUid(1, 11) }];

        _node.Receive(new BrokenLinks(2, links));

        Assert.Equal(
            links.Select(link => new ToConnection(link.Other, new LinkGone(link.Link, link.Gone, link.Other))), _node.Take<ToConnection>());
        var (to, told) = Assert.Single(_node.TakeLetters<BrokenLinksTold>());
        Assert.Equal(2, to);
        Assert.Equal(links, told.Page);
    }

    private static BrokenLink Link(int node, long number) => new(new LinkName(Gone, number), Gone, new ConnectionUid(node, number));

    private void End(params BrokenLink[] links) => _node.State.Receive(new ConnectionEnded(Gone, links), _node.Now);
}
