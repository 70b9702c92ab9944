using Xunit;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>The chart's NetworkPolicy, which holds in all tests of this room, and what it keeps out.</summary>
[Collection(PodsCollection.Name)]
public sealed class PodNetworkPolicyTests(ThreePods pods)
{
    private static readonly Dictionary<string, string> Strangers = new(StringComparer.Ordinal) { ["app"] = "other" };

    [Theory]
    [InlineData("http", true)]
    [InlineData("cluster", false)]
    public async Task A_pod_of_another_application_reaches_the_port_of_peers_and_not_that_of_nodes(string port, bool reached)
    {
        var cluster = await pods.WholeAsync();
        Assert.Equal(reached, await cluster.ReachesAsync(Strangers, cluster.Pods[0], port));
    }
}
