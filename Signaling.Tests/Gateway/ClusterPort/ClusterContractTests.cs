using Akka.Configuration;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.ClusterPort.Wire;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

/// <summary>Which nodes may be in one cluster.</summary>
public sealed class ClusterContractTests
{
    private const int Version = 5;

    private readonly ClusterContract _contract = new("berlin", Version);

    [Theory]
    [InlineData(4, 4, 4)]
    [InlineData(5, 5, 5)]
    [InlineData(6, 6, 6)]
    [InlineData(5, 4, 5)]
    [InlineData(6, 5, 6)]
    public void A_neighbour_of_all_members_may_come(int version, int lowest, int highest) => _contract.Check(Of(version, lowest, highest));

    [Theory]
    [InlineData(3, 3, 3, "its contract version is 3, and this node's is 5;")]
    [InlineData(7, 7, 7, "its contract version is 7, and this node's is 5;")]
    [InlineData(4, 3, 4, "its contract version is 4 (in its cluster 3 to 4), and this node's is 5;")]
    [InlineData(6, 6, 7, "its contract version is 6 (in its cluster 6 to 7), and this node's is 5;")]
    public void Others_may_not_and_are_told_both_versions(int version, int lowest, int highest, string reason)
    {
        var refused = Assert.Throws<RefusedException>(() => _contract.Check(Of(version, lowest, highest)));

        Assert.Equal(Refusal.Version, refused.Kind);
        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("upgrade by the releases between", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_nodes_find_the_same_whichever_looks()
    {
        for (var own = 1; own < 9; own++)
        {
            for (var other = 1; other < 9; other++)
            {
                var (one, two) = (new ClusterContract("berlin", own), new ClusterContract("berlin", other));
                Assert.Equal(Allows(one, two.Say()), Allows(two, one.Say()));
                Assert.Equal(Math.Abs(own - other) <= 1, Allows(one, two.Say()));
            }
        }
    }

    [Theory]
    [InlineData("paris")]
    [InlineData("Berlin")]
    [InlineData("")]
    public void A_node_of_another_name_may_not(string name)
    {
        var refused = Assert.Throws<RefusedException>(() => _contract.Check(new Hello(_contract.Say()) { Cluster = name }));

        Assert.Equal(Refusal.Name, refused.Kind);
        Assert.StartsWith($"its signaling.node.clusterName is \"{name}\", and this node's is \"berlin\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_names_no_cluster_is_of_the_one_that_has_the_default_name()
    {
        new ClusterContract("signaling", Version).Check(other: null);

        Assert.Equal(Refusal.Name, Assert.Throws<RefusedException>(() => _contract.Check(other: null)).Kind);
    }

    [Theory]
    [InlineData("number of shards", "299")]
    [InlineData("hash of addresses", "MD5")]
    [InlineData("lease", "9000 ms")]
    [InlineData("akka.cluster.split-brain-resolver.active-strategy", "keep-oldest")]
    public void A_node_that_has_a_setting_of_another_value_may_not_and_is_told_which(string setting, string value)
    {
        _contract.Add(ConfigurationFactory.ParseString("akka.cluster.split-brain-resolver.active-strategy = keep-majority"));
        var hello = new Hello(_contract.Say());
        Assert.True(hello.Settings.Remove(setting, out var own));
        hello.Settings.Add(setting, value);

        var refused = Assert.Throws<RefusedException>(() => _contract.Check(hello));

        Assert.Equal(Refusal.Settings, refused.Kind);
        Assert.StartsWith($"its {setting} is \"{value}\", and this node's is \"{own}\"; stop all nodes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_only_one_side_names_is_nobodys_concern()
    {
        var hello = new Hello(_contract.Say());
        hello.Settings.Remove("lease");
        hello.Settings.Add("something of a later version", "1");

        _contract.Check(hello);
    }

    [Fact]
    public void What_would_fill_the_log_is_no_name() =>
        Assert.Equal(Refusal.Garbage, Assert.Throws<RefusedException>(() => _contract.Check(new Hello { Cluster = new string('x', 3000) })).Kind);

    private static bool Allows(ClusterContract contract, Hello hello)
    {
        try
        {
            contract.Check(hello);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private Hello Of(int version, int lowest, int highest) => new(_contract.Say()) { Version = version, Lowest = lowest, Highest = highest };
}
