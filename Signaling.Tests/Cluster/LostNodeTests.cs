using Signaling.Gateway;
using Xunit;

namespace Signaling.Tests.Cluster;

public sealed class LostNodeTests
{
    [Fact]
    public async Task A_node_that_downs_itself_ends_with_an_exit_code_for_its_supervisor_and_says_why()
    {
        await using var first = await NodeProcess.StartAsync();
        await using var second = await NodeProcess.StartAsync(first);

        // Of two nodes the one with the lower address is the majority.
        var (majority, minority) = first.ClusterPort < second.ClusterPort ? (first, second) : (second, first);
        majority.Kill();

        await minority.WaitForLineAsync("critical: ");
        var (exitCode, _, _) = await minority.WaitForExitAsync();
        Assert.Contains(exitCode, (int[])[ExitCodes.Removed, ExitCodes.LeaseOver]);
    }
}
