using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.ClusterPort.Wire;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.ClusterPort;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>Nodes that can't be in one cluster with those that they were to join, as processes.</summary>
public sealed class RefusedNodesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_of_another_name_ends_at_once_and_both_logs_say_why()
    {
        await using var member = await NodeProcess.StartAsync(environment: ("SIGNALING__NODE__CLUSTERNAME", "berlin"));

        var (code, output, error) = await EndOfAsync(member.ClusterPort, ("SIGNALING__NODE__CLUSTERNAME", "paris"));

        Assert.Equal(ExitCodes.Refused, code);
        const string Reason = "its signaling.node.clusterName is \"berlin\", and this node's is \"paris\"; give both the same if they belong together";
        Assert.Equal($"error: The node can't be in one cluster with those that it was to join. 127.0.0.1:{member.ClusterPort}: {Reason}.", error);
        Assert.Contains($"127.0.0.1:{member.ClusterPort} is not spoken to: {Reason}.", output, StringComparison.Ordinal);
        Assert.Contains(
            "its signaling.node.clusterName is \"paris\", and this node's is \"berlin\"",
            await member.WaitForLineAsync("warning: Refused 127.0.0.1:"),
            StringComparison.Ordinal);
        Assert.Equal(1, await MembersOfAsync(member));
    }

    [Fact]
    public async Task A_node_of_other_settings_ends_at_once_and_both_logs_name_them()
    {
        await using var member = await NodeProcess.StartAsync();
        var hocon = Path.Combine(_folder.Path, "hocon");
        Directory.CreateDirectory(hocon);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "hocon")))
            File.Copy(file, Path.Combine(hocon, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(hocon, "static.conf"), "\nakka.cluster.split-brain-resolver.active-strategy = keep-oldest\n");

        var (code, _, error) = await EndOfAsync(member.ClusterPort, ("SIGNALING__NODE__HOCONFOLDER", hocon));

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("its akka.cluster.split-brain-resolver.active-strategy is \"keep-majority\", and this node's is \"keep-oldest\"", error, StringComparison.Ordinal);
        await member.WaitForLineAsync("its akka.cluster.split-brain-resolver.active-strategy is \"keep-oldest\", and this node's is \"keep-majority\"");
    }

    [Fact]
    public async Task A_node_of_a_version_two_apart_ends_at_once_and_says_why()
    {
        const int Far = ContractVersion.Current + 2;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refusing = RefuseAsync(listener, new Hello(new ClusterContract("signaling", Far).Say()));

        var (code, _, error) = await EndOfAsync(port);

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains($"its contract version is {Far}, and this node's is {ContractVersion.Current}; versions in a cluster may be one apart", error, StringComparison.Ordinal);
        listener.Stop();
        await refusing;
    }

    // As a node of that version does.
    private static async Task RefuseAsync(TcpListener listener, Hello hello)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var answer = new FirstMessage { Instruction = new Instruction { Command = 2 }, Hello = hello };
                _ = await client.GetStream().ReadAtLeastAsync(new byte[FirstWords.Longest], 1);
                await client.GetStream().WriteAsync(NodeCaller.Frame(answer.ToByteArray()));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task<(int Code, string Output, string Error)> EndOfAsync(int seed, params (string, string)[] environment)
    {
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var node = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-port", "0", "--cluster-seeds", $"127.0.0.1:{seed}"], environment);
        return await node.WaitForExitAsync();
    }

    private static async Task<int> MembersOfAsync(NodeProcess node)
    {
        using var client = new HttpClient();
        using var state = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri(node.Internal, "/node")));
        return state.RootElement.GetProperty("members").GetArrayLength();
    }
}
