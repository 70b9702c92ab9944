using System.Security.Cryptography;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

[Collection(ThreeNodes.Collection)]
public sealed class ThreeNodesTests(ThreeNodes nodes)
{
    private const short FirstGuest = 16384;

    [Fact]
    public async Task Twenty_in_a_conference_are_linked_each_to_each()
    {
        const int Size = 20;
        var peers = new List<TestPeer>();
        for (var i = 0; i < Size; i++)
        {
            var joiner = await TestPeer.ListenAsync(nodes.Processes[i % 3].App("/conferenceapp"), "hall");
            for (var earlier = 0; earlier < i; earlier++)
            {
                await peers[earlier].ExpectAsync(Frame.Of(EventType.NewConnection, IdOf(earlier, i)));
                await joiner.ExpectAsync(Frame.Of(EventType.NewConnection, IdOf(i, earlier)));
            }

            peers.Add(joiner);
        }

        for (var from = 0; from < Size; from++)
        {
            for (var to = 0; to < Size; to++)
            {
                if (from == to)
                    continue;
                await peers[from].SendAsync(Frame.Of(EventType.ReliableMessageReceived, IdOf(from, to), [(byte)from, (byte)to]));
                await peers[to].ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, IdOf(to, from), [(byte)from, (byte)to]));
            }
        }

        await peers[0].CloseAsync();
        for (var i = 1; i < Size; i++)
            await peers[i].ExpectAsync(Frame.Of(EventType.Disconnected, IdOf(i, 0)));
        foreach (var peer in peers)
            await peer.DisposeAsync();

        // Everybody meets the others in the order they joined.
        static short IdOf(int peer, int other) => (short)(FirstGuest + (other < peer ? other : other - 1));
    }

    [Fact]
    public async Task Large_messages_between_nodes_delay_no_heartbeat()
    {
        const int Messages = 40;
        var data = RandomNumberGenerator.GetBytes((1024 * 1024) - FrameHeader.DataOffset);
        var pairs = await Task.WhenAll(Enumerable.Range(0, 3).Select(LinkAsync));

        await Task.WhenAll(pairs.Select(async pair =>
        {
            for (var i = 0; i < Messages; i++)
            {
                await pair.Guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, data));
                await pair.Host.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, FirstGuest, data));
            }
        }));

        foreach (var node in nodes.Processes)
        {
            await using var marker = await TestPeer.ListenAsync(node.App("/test"), $"marker {node.Id}");
            var lines = await node.ReadUntilAsync($"marker {node.Id}");
            Assert.Contains(lines, line => line.Contains("(ReliableMessageReceived)", StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => line.Contains(") warning: ", StringComparison.Ordinal) || line.Contains(") error: ", StringComparison.Ordinal));
        }

        foreach (var (host, guest) in pairs)
        {
            await guest.DisposeAsync();
            await host.DisposeAsync();
        }
    }

    private async Task<(TestPeer Host, TestPeer Guest)> LinkAsync(int i)
    {
        var host = await TestPeer.ListenAsync(nodes.Processes[i].App("/callapp"), $"heavy {i}");
        var guest = await TestPeer.ConnectAsync(nodes.Processes[(i + 1) % 3].App("/callapp"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, $"heavy {i}"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await host.ExpectAsync(Frame.Of(EventType.NewConnection, FirstGuest));
        return (host, guest);
    }
}
