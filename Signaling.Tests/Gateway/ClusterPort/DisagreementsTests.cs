using Microsoft.Extensions.Options;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

/// <summary>When a node has nobody to join.</summary>
public sealed class DisagreementsTests
{
    [Fact]
    public void One_with_each_of_the_other_seeds_is_one_everywhere()
    {
        var disagreements = New("node-0:4053", "node-1:4053", "node-2:4053");

        disagreements.Add("NODE-1:4053", "its name is B");
        Assert.False(disagreements.Everywhere.IsCompleted);
        disagreements.Add("node-2:4053", "its name is C");

        Assert.True(disagreements.Everywhere.IsCompleted);
        Assert.Equal("NODE-1:4053: its name is B; node-2:4053: its name is C", disagreements.Described);
    }

    [Fact]
    public void One_that_has_passed_does_not_count()
    {
        var disagreements = New("node-0:4053", "node-1:4053", "node-2:4053");

        disagreements.Add("node-1:4053", "its name is B");
        disagreements.Remove("node-1:4053");
        disagreements.Add("node-2:4053", "its name is C");

        Assert.False(disagreements.Everywhere.IsCompleted);
        Assert.Equal("node-2:4053: its name is C", disagreements.Described);
    }

    [Fact]
    public void One_with_somebody_else_does_not_count()
    {
        var disagreements = New("node-1:4053");

        disagreements.Add("node-7:4053", "its name is B");

        Assert.False(disagreements.Everywhere.IsCompleted);
        Assert.Null(disagreements.Described);
    }

    private static Disagreements New(params string[] seeds)
    {
        var options = new SignalingOptions();
        (options.Node.Host, options.Node.Port) = ("node-0", 4053);
        foreach (var seed in seeds)
            options.Node.Seeds.Add(seed);
        return new Disagreements(Options.Create(options));
    }
}
