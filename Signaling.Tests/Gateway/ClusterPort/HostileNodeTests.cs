using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Microsoft.Extensions.Logging;
using Signaling.Actors.Nodes;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

/// <summary>
/// Whoever reaches the port between nodes, where it is not encrypted, with Akka's own means: it speaks as a node of before there
/// were names does, writes with all of Akka's serializers, and makes no secret of what it wants.
/// </summary>
public sealed class HostileNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _stranger = Start(untrusted: true);
    private readonly LogLines _log = new();
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(build: builder => builder.Logging.ClearProviders().AddProvider(_log));

    public async Task DisposeAsync()
    {
        await _stranger.Terminate();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task It_makes_no_actors_here()
    {
        Bait.Made = new TaskCompletionSource();
        MakeAt(AddressOf(_node.System));
        await AssertAnswersAsync("user/" + NodeActor.Name);
        Assert.False(Bait.Made.Task.IsCompleted);

        // The bait is good: a system as Akka comes makes it.
        var other = Start(untrusted: false);
        MakeAt(AddressOf(other));
        await Bait.Made.Task.WaitAsync(Patience);
        await other.Terminate();
    }

    [Theory]
    [InlineData("user/" + NodeActor.Name)]
    [InlineData("user/" + NodeActor.Name + "/" + LaneEnd.Name)]
    [InlineData("system/cluster/core/daemon")]
    [InlineData("system/sharding/address")]
    [InlineData("user/ddataReplicator")]
    public async Task It_ends_none(string path)
    {
        var before = await _node.System.ActorSelection($"/{path}").ResolveOne(Patience);
        var target = Resolve(_node.System, path);

        target.Tell(PoisonPill.Instance);
        target.Tell(Kill.Instance);
        target.Tell(new Status.Failure(new InvalidOperationException("hostile")));
        target.Tell("text");
        _stranger.ActorSelection(target.Path).Tell(PoisonPill.Instance);
        _stranger.ActorSelection(target.Path).Tell(Kill.Instance);
        await AssertAnswersAsync(path);

        foreach (var end in (ISystemMessage[])[new Terminate(), new Suspend(), new Recreate(new InvalidOperationException("hostile"))])
            target.SendSystemMessage(end);
        await Eventually.BecomesAsync(
            () => _log.All, lines => lines.Any(line => line.Contains("Bytes of serializer 22 under this manifest are not read", StringComparison.Ordinal)), Patience);

        Assert.Equal(before, await _node.System.ActorSelection($"/{path}").ResolveOne(Patience));
        await using var call = await Call.OpenAsync(_node.App("/callapp"), _node.App("/callapp"), "room");
        await call.TalkAsync();
    }

    [Fact]
    public async Task It_finds_none_by_looking_for_it()
    {
        var answer = _stranger.ActorSelection(new RootActorPath(AddressOf(_node.System)) / "user" / NodeActor.Name).ResolveOne(TimeSpan.FromSeconds(2));
        var all = _stranger.ActorSelection($"{AddressOf(_node.System)}/user/*").ResolveOne(TimeSpan.FromSeconds(2));

        await AssertAnswersAsync("user/" + NodeActor.Name);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => answer);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => all);
    }

    private static ActorSystem Start(bool untrusted) => ActorSystem.Create("stranger", ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = remote
          remote.untrusted-mode = {{(untrusted ? "on" : "off")}}
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """));

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private void MakeAt(Address where) => _stranger.ActorOf(Props.Create<Bait>().WithDeploy(new Akka.Actor.Deploy(new RemoteScope(where))));

    private IInternalActorRef Resolve(ActorSystem node, string path) =>
        (IInternalActorRef)((ExtendedActorSystem)_stranger).Provider.ResolveActorRef($"{AddressOf(node)}/{path}");

    // Behind all that was said before: what is said to one actor arrives in its order.
    private async Task AssertAnswersAsync(string path)
    {
        var target = Resolve(_node.System, path);
        var identity = await target.Ask<ActorIdentity>(new Identify(null), Patience);
        Assert.Equal(target.Path.ToStringWithoutAddress(), identity.Subject.Path.ToStringWithoutAddress());
    }

    public sealed class Bait : UntypedActor
    {
        public Bait() => Made.TrySetResult();

        public static TaskCompletionSource Made { get; set; } = new();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
