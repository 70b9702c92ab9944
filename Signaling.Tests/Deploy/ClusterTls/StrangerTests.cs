using System.Net;
using System.Text;
using Signaling.Gateway;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.ClusterTls;

[Collection(ClusterTlsCollection.Name)]
public sealed class StrangerTests(ThreeTlsNodes nodes, ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // Whatever step of its change the cluster is in, this one trusts the next CA.
    private ClusterNode Target => nodes.Cluster.Nodes[1];

    private IPEndPoint Port => new(IPAddress.Loopback, Target.Plan.ClusterPort);

    private string TrustedPem => File.ReadAllText(nodes.Ca.Certificate) + File.ReadAllText(nodes.Next.Certificate);

    [Fact]
    public async Task Nodes_speak_TLS_with_each_other() => Assert.All(
        await Task.WhenAll(nodes.Cluster.Nodes.Select(FaultCluster.ViewOfAsync)),
        view => Assert.StartsWith("akka.ssl.tcp://signaling@127.0.0.1:", view.Address, StringComparison.Ordinal));

    [Fact]
    public async Task Strangers_are_refused_and_told_of_while_calls_across_the_nodes_go_on()
    {
        var before = await MembersAsync();
        await using var load = await ConversationLoad.StartAsync(
            Seating.Between(nodes.Cluster.Nodes[0], nodes.Cluster.Nodes[1], [.. Enumerable.Range(0, 20).Select(i => $"beside strangers {i}")]), Seating.Steadily);
        await using var calls = CallLoad.Start(number => (AppOf(number), AppOf(number + 1)));
        var start = Moment.Now;

        await Task.WhenAll(KnockAsync(), WithoutTlsAsync(), OfAnotherCaAsync(), WithAWrongNameAsync());

        var took = start.Ago;
        await calls.StopAsync();
        var report = await load.StopAsync();
        output.Say("cluster-tls-strangers", [("took", took), .. report.Figures, .. calls.Figures]);
        report.AssertUndisturbed();
        calls.AssertAllWorked();
        Assert.Equal(0, calls.FirstTriesFailed);
        Assert.Equal(before, await MembersAsync());
    }

    private async Task KnockAsync()
    {
        var ca = TestAuthority.Read(nodes.Next.Certificate, Path.Combine(nodes.Next.Folder, "ca.key"));
        string[] ours = ["127.0.0.1"];
        await Task.WhenAll(
            Stranger.SpeakAsync(Port, "127.0.0.21", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: node\r\n\r\n")),
            Stranger.SpeakAsync(Port, "127.0.0.22", []),
            Stranger.ShowAsync(Port, "127.0.0.23", certificate: null),
            Stranger.ShowAsync(Port, "127.0.0.25", ca.Issue(["stranger.example"])),
            Stranger.ShowAsync(Port, "127.0.0.26", ca.Issue(ours, notAfter: DateTimeOffset.UtcNow.AddMinutes(-1))),
            Stranger.ShowAsync(Port, "127.0.0.27", ca.Issue(ours, TestAuthority.ServerOnly)));
        var other = new TestAuthority().Issue(ours);
        for (var i = 0; i < 20; i++)
            await Stranger.ShowAsync(Port, "127.0.0.24", other);

        await ToldAsync(Target, "127.0.0.21", "does not speak TLS");
        await ToldAsync(Target, "127.0.0.22", "has not finished its TLS handshake within 5 s");
        await ToldAsync(Target, "127.0.0.23", "its certificate is missing");
        await ToldAsync(Target, "127.0.0.24", "is signed by \"CN=Test CA\", which leads to no CA");
        await ToldAsync(Target, "127.0.0.25", "is for stranger.example, and for none of signaling.node.tls.names (127.0.0.1)");
        await ToldAsync(Target, "127.0.0.26", "its certificate ran out on ");
        await ToldAsync(Target, "127.0.0.27", "lacks the extended key usage clientAuth");
        Assert.Single(Target.Log, line => line.Contains("Refused 127.0.0.24:", StringComparison.Ordinal));
    }

    private async Task WithoutTlsAsync()
    {
        var target = nodes.Cluster.Nodes[0];
        await using var node = LoneNode.Stranger("127.0.0.31", target, tls: null);
        Assert.Equal(ExitCodes.NotJoined, (await node.EndAsync()).ExitCode);
        await ToldAsync(target, "127.0.0.1", "does not speak TLS");
    }

    private async Task OfAnotherCaAsync()
    {
        using var ca = new ClusterCa();
        await using var node = LoneNode.Stranger(
            "127.0.0.32", Target, (ca.Issue("stranger", "127.0.0.32"), TrustedPem + await File.ReadAllTextAsync(ca.Certificate)));
        var (code, log, _) = await node.EndAsync();
        Assert.Equal(ExitCodes.NotJoined, code);
        Assert.Contains(
            $"The connection with 127.0.0.1:{Port.Port} broke: it hung up at once, as a node does that refuses a certificate", log, StringComparison.Ordinal);
        await ToldAsync(Target, "127.0.0.1", "leads to no CA of signaling.node.tls.caFile");
    }

    private async Task WithAWrongNameAsync()
    {
        var target = nodes.Cluster.Nodes[2];
        await using var node = LoneNode.Stranger("127.0.0.33", target, (nodes.Next.Issue("stranger", "127.0.0.33"), TrustedPem));
        Assert.Equal(ExitCodes.NotJoined, (await node.EndAsync()).ExitCode);
        await ToldAsync(target, "127.0.0.1", "is for stranger, 127.0.0.33, and for none of signaling.node.tls.names (127.0.0.1)");
    }

    private static Task ToldAsync(ClusterNode node, string from, string reason) => Eventually.BecomesAsync(
        () => string.Join('\n', node.Log.Where(line => line.Contains("warning: Refused", StringComparison.Ordinal))),
        lines => lines.Split('\n').Any(line =>
            line.Contains($"Refused {from}:", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal)),
        Soon);

    private Uri AppOf(int number) => nodes.Cluster.Nodes[number % ThreeTlsNodes.Size].App(FaultCluster.App);

    private async Task<string[]> MembersAsync() =>
        [.. (await Task.WhenAll(nodes.Cluster.Nodes.Select(FaultCluster.ViewOfAsync))).Select(view => string.Join(' ', view.Members.Order()))];
}
