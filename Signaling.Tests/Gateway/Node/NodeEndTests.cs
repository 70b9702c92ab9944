using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Actors.Hosting;
using Signaling.Gateway;
using Signaling.Gateway.Node;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Node;

/// <summary>A node that ends though nobody has told it to.</summary>
public sealed class NodeEndTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        Environment.ExitCode = ExitCodes.Ok; // the tests' own
    }

    [Fact]
    public async Task When_its_lease_has_run_out_it_closes_its_sockets_and_stops_its_host()
    {
        await using var polite = await TestPeer.ListenAsync(_node.App("/callapp"), "polite");
        using var silent = await BarePeer.ConnectAsync(_node.WebSocket, "/callapp");
        var stopping = StoppingAsync();

        SignalingActors.LeaseOf(_node.System).End();

        Assert.Equal((1001, "Server stops"), await polite.ExpectCloseAsync());
        await polite.CloseAsync();
        Assert.Equal(BarePeer.Close, (await silent.ReadAsync())?.Opcode);
        Assert.Null(await silent.ReadAsync());
        await AssertEndsAsync(stopping, ExitCodes.LeaseOver);
    }

    [Fact]
    public async Task Past_its_lease_it_takes_nobody_and_is_not_ready()
    {
        using var silent = await BarePeer.ConnectAsync(_node.WebSocket, "/callapp"); // which holds the end up a little

        SignalingActors.LeaseOf(_node.System).End();

        Assert.Equal(("503", "1"), await Handshake.AskAsync(_node.Http));
    }

    [Fact]
    public async Task When_its_addresses_have_ended_it_drains_and_stops()
    {
        await using var peer = await TestPeer.ConnectAsync(_node.App("/callapp"));
        var stopping = StoppingAsync();

        _node.System.Stop(SignalingActors.AddressesOf(_node.System));

        await stopping.WaitAsync(Patience);
        var stopped = _node.StopAsync();
        Assert.Equal((1001, "Server stops"), await peer.ExpectCloseAsync());
        await peer.CloseAsync();
        await stopped.WaitAsync(Patience);
        Assert.Equal(ExitCodes.AddressesEnded, Environment.ExitCode);
    }

    [Fact]
    public async Task When_it_was_removed_it_stops_its_host()
    {
        await using var peer = await TestPeer.ConnectAsync(_node.App("/callapp"));
        var stopping = StoppingAsync();
        var cluster = Akka.Cluster.Cluster.Get(_node.System);

        cluster.Down(cluster.SelfAddress);

        Assert.Equal(1001, (await peer.ExpectCloseAsync()).Status);
        await peer.CloseAsync();
        await AssertEndsAsync(stopping, ExitCodes.Removed);
    }

    [Fact]
    public async Task When_it_was_told_to_stop_that_is_no_reason_of_its_own()
    {
        await _node.StopAsync().WaitAsync(Patience);

        Assert.Equal(ExitCodes.Ok, _node.Services.GetRequiredService<NodeEnd>().ExitCode);
        Assert.Equal(ExitCodes.Ok, Environment.ExitCode);
    }

    private Task StoppingAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

    private async Task AssertEndsAsync(Task stopping, int exitCode)
    {
        await stopping.WaitAsync(Patience);
        await _node.System.WhenTerminated.WaitAsync(Patience);
        await _node.StopAsync().WaitAsync(Patience);
        Assert.Equal(exitCode, Environment.ExitCode);
    }
}
