using System.Diagnostics;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Cluster;

/// <summary>An address that is taken over from one node to another, and right after a node was lost.</summary>
public sealed class TakeoverClusterTests(ITestOutputHelper output)
{
    private const string Address = "room";
    private static readonly (string, string) NewestWins = ("SIGNALING__APPS__CALLAPP__TAKEOVER", "newestWins");

    // Longer than a request may take, and than the loss of a node does by far.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_newest_wins_across_nodes_and_when_the_holder_s_node_is_killed()
    {
        await using var first = await NodeProcess.StartAsync(environment: NewestWins);
        await using var second = await NodeProcess.StartAsync(first, environment: NewestWins);
        await using var third = await NodeProcess.StartAsync(first, environment: NewestWins);

        await using var one = await ListenAsync(first);
        await using var two = await ListenAsync(second);
        await one.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        await using var three = await ListenAsync(third);
        await two.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));

        third.Kill();
        var start = Stopwatch.GetTimestamp();
        await two.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        await Eventually.BecomesAsync(() => AnswerAsync(two), type => type == EventType.ServerInitialized, Patience);
        output.WriteLine($"taken over from a killed node after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");

        await using var four = await ListenAsync(first);
        await two.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
    }

    private async Task<TestPeer> ListenAsync(NodeProcess node)
    {
        var start = Stopwatch.GetTimestamp();
        var peer = await TestPeer.ListenAsync(node.App("/callapp"), Address);
        output.WriteLine($"taken over after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, the socket's opening included");
        return peer;
    }

    // Every request is answered, as long as the holder's node is not lost by a 4; then it is asked again.
    private static async Task<EventType> AnswerAsync(TestPeer peer)
    {
        var answer = await peer.ReceiveAsync();
        var type = (EventType)answer![0];
        if (type == EventType.ServerInitFailed)
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        return type;
    }
}
