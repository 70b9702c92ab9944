using Signaling.Actors.Messages.Wire;
using Signaling.Actors.Protocol;
using Signaling.Tests.Cluster.Neighbour;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>
/// Nodes of two neighbouring versions of the contract work in one cluster: this build, and one with a field and a kind of
/// message more.
/// </summary>
public sealed class MixedVersionsTests(NeighbouringBuild neighbour) : IClassFixture<NeighbouringBuild>, IAsyncLifetime
{
    private const string Dropped = "Deserialization failed";
    private const string UnknownKind = "Manifest 'gr' is unknown";

    private readonly List<NodeProcess> _started = [];
    private int _calls;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _started)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_cluster_is_upgraded_node_by_node_while_its_peers_talk()
    {
        var old = await StartClusterAsync(GatewayProcess.CurrentProgram);

        var upgraded = await ReplaceAllAsync(old, neighbour.Program);

        // Nobody used the new kind while a member did not know it. With the last of those it is free.
        foreach (var node in upgraded)
        {
            var log = await ReadLogAsync(node, "The greeter is greeted by", times: 2);
            Assert.Contains($"greets nobody: a member's version is {ContractVersion.Current}", log, StringComparison.Ordinal);

            // Frames came with the added field; to the first, which all others were still to follow, without it too.
            log += await StopAsync(node);
            Assert.Contains($"sees frames of version {NeighbouringBuild.Version}", log, StringComparison.Ordinal);
            if (node == upgraded[0])
                Assert.Contains("sees frames of version 0", log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cluster_is_taken_back_to_the_version_before_node_by_node_while_its_peers_talk()
    {
        var newer = await StartClusterAsync(neighbour.Program);
        foreach (var node in newer)
            await ReadLogAsync(node, "The greeter is greeted by", times: 2);

        var takenBack = await ReplaceAllAsync(newer, GatewayProcess.CurrentProgram);

        foreach (var node in takenBack)
            Assert.DoesNotContain(Dropped, await StopAsync(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_of_message_that_a_node_does_not_know_is_dropped_with_a_line_in_its_log_and_nothing_else()
    {
        var current = await StartAsync(GatewayProcess.CurrentProgram);
        var hasty = await StartAsync(neighbour.Program, current, (Greeter.Regardless, "1"));

        await ReadLogAsync(hasty, "The greeter greets akka", times: 1);
        Assert.Contains(Dropped, await ReadLogAsync(current, UnknownKind, times: 1), StringComparison.Ordinal);

        await CallEachOtherAsync([current, hasty]);
        var output = await StopAsync(hasty) + await StopAsync(current);
        Assert.Contains("The greeter sees frames of version 0", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Dropped, output, StringComparison.Ordinal);
    }

    /// <summary>Puts nodes of another build in the place of all, one by one.</summary>
    private async Task<IReadOnlyList<NodeProcess>> ReplaceAllAsync(IReadOnlyList<NodeProcess> before, string program)
    {
        await CallEachOtherAsync(before);
        var nodes = before.ToList();
        for (var i = 0; i < nodes.Count; i++)
        {
            var (leaving, stays, staysToo) = (nodes[i], nodes[(i + 1) % nodes.Count], nodes[(i + 2) % nodes.Count]);
            await using var call = await Call.OpenAsync(stays.App("/callapp"), staysToo.App("/callapp"), $"talk {i}");
            await using var holder = await TestPeer.ListenAsync(stays.App("/callapp"), $"held {i}");

            nodes[i] = await StartAsync(program, stays);
            await CallEachOtherAsync([.. nodes, leaving]);
            await call.TalkAsync();

            Assert.DoesNotContain(Dropped, await StopAsync(leaving), StringComparison.Ordinal);
            await call.TalkAsync();
            foreach (var node in nodes)
                await AssertHeldAsync(node, $"held {i}");
            await CallEachOtherAsync(nodes);
            await call.EndAsync();
        }

        return nodes;
    }

    /// <summary>Lets peers of all nodes call those of all others, by addresses that live on any of them.</summary>
    private async Task CallEachOtherAsync(IReadOnlyList<NodeProcess> nodes)
    {
        const int Addresses = 6;
        foreach (var (from, to) in from a in nodes from b in nodes from _ in Enumerable.Range(0, Addresses) select (a, b))
        {
            await using var call = await Call.OpenAsync(from.App("/callapp"), to.App("/callapp"), $"call {++_calls}");
            await call.TalkAsync();
            await call.EndAsync();
        }
    }

    private static async Task AssertHeldAsync(NodeProcess node, string address)
    {
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp"));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        await peer.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, address));
    }

    private async Task<IReadOnlyList<NodeProcess>> StartClusterAsync(string program)
    {
        var first = await StartAsync(program);
        return [first, await StartAsync(program, first), await StartAsync(program, first)];
    }

    private async Task<NodeProcess> StartAsync(string program, NodeProcess? seed = null, params (string, string)[] environment)
    {
        var node = await NodeProcess.StartProgramAsync(program, seed, "", environment);
        _started.Add(node);
        return node;
    }

    /// <summary>Reads a node's log, from its start on, until a text has come so many times.</summary>
    private static async Task<string> ReadLogAsync(NodeProcess node, string text, int times)
    {
        var lines = node.StartLog.ToList();
        while (lines.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
            lines.AddRange(await node.ReadUntilAsync(text));
        return string.Join('\n', lines);
    }

    /// <summary>Lets a node leave and returns what was not yet read of its log.</summary>
    private static async Task<string> StopAsync(NodeProcess node)
    {
        await node.SignalAsync("TERM");
        var (exitCode, output, _) = await node.WaitForExitAsync();
        Assert.Equal(0, exitCode);
        return output;
    }
}
