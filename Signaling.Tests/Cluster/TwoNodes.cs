using Akka.Cluster;
using Signaling.Tests.Compatibility;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>Two nodes of one cluster in the test's process, both up and known to each other.</summary>
public sealed class TwoNodes : IServerUnderTest, IAsyncLifetime
{
    public TestNode First { get; private set; } = null!;

    public TestNode Second { get; private set; } = null!;

    public IReadOnlyList<Uri> Nodes => [First.WebSocket, Second.WebSocket];

    public async Task InitializeAsync()
    {
        First = await TestNode.StartAsync();
        Second = await TestNode.StartAsync(seed: First);
        await Task.WhenAll(UntilUp(First, 2), UntilUp(Second, 2));
    }

    public async Task DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }

    private static async Task UntilUp(TestNode node, int members)
    {
        var up = new TaskCompletionSource();
        var cluster = Akka.Cluster.Cluster.Get(node.System);
        var watcher = node.System.ActorOf(Akka.Actor.Props.Create(() => new Watcher(members, up)));
        cluster.Subscribe(watcher, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));
        await up.Task.WaitAsync(TimeSpan.FromSeconds(60));
        node.System.Stop(watcher);
    }

    private sealed class Watcher(int members, TaskCompletionSource up) : Akka.Actor.UntypedActor
    {
        private int _seen;

        protected override void OnReceive(object message)
        {
            if (message is ClusterEvent.MemberUp && ++_seen == members)
                up.TrySetResult();
        }
    }
}
