using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.ClusterPort.Wire;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

/// <summary>Who is let in by the port between nodes, where it is not encrypted.</summary>
public sealed class NodePortTests : IAsyncLifetime
{
    private const string LogOfRefusals = "Warning Signaling.Gateway.ClusterPort.NodeTransport[2030]";

    private readonly LogLines _log = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(
            options => options.Node.ClusterName = "berlin", build: builder => builder.Logging.ClearProviders().AddProvider(_log));
        var factory = _node.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name is "signaling.cluster.refused")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => _refused.AddOrUpdate((string)tags[0].Value!, (int)count, (_, so) => so + (int)count));
        _listener.Start();
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _node.DisposeAsync();
    }

    public static TheoryData<string, byte[]> Strangers => new()
    {
        { "HTTP", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: node\r\n\r\n") },
        { "TLS", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3] },
        { "nothing in a frame", NodeCaller.Frame([]) },
        { "no protobuf", NodeCaller.Frame([0xff, 0xff, 0xff]) },
        { "a letter before a word", NodeCaller.Frame([(1 << 3) | 2, 1, 0]) },
        { "a farewell", NodeCaller.Frame(Google.Protobuf.MessageExtensions.ToByteArray(new FirstMessage { Instruction = new Instruction { Command = 2 } })) },
        { "a long frame", NodeCaller.Frame(new byte[FirstWords.Longest + 1]) },
        { "a negative length", [0xff, 0xff, 0xff, 0xff] },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Who_does_not_begin_as_a_node_does_is_hung_up_on_and_hears_nothing(string what, byte[] bytes)
    {
        _ = what;
        using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.41");
        await stranger.SayAsync(bytes);

        Assert.Null(await stranger.HearAsync());
        await ToldAsync("Refused 127.0.0.41:", "it has said what no node says");
        Assert.Equal(1, _refused["Garbage"]);
    }

    [Fact]
    public async Task Who_comes_again_and_again_is_told_of_once_and_counted_each_time()
    {
        for (var i = 0; i < 50; i++)
        {
            using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.42");
            await stranger.SayAsync(Encoding.ASCII.GetBytes("SSH-2.0-scanner\r\n"));
            Assert.Null(await stranger.HearAsync());
        }

        await Eventually.BecomesAsync(() => _refused.GetValueOrDefault("Garbage"), count => count == 50, TimeSpan.FromSeconds(10));
        Assert.Single(Refusals);
    }

    [Fact]
    public async Task Who_only_looks_whether_the_port_is_open_is_counted_and_not_told_of()
    {
        (await NodeCaller.ConnectAsync(_node.System)).Dispose();

        await Eventually.BecomesAsync(() => _refused.GetValueOrDefault("Silent"), count => count == 1, TimeSpan.FromSeconds(10));
        Assert.Empty(Refusals);
    }

    [Fact]
    public async Task Who_says_nothing_is_hung_up_on()
    {
        using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.43");
        await stranger.SayAsync([1, 0]);

        Assert.Null(await stranger.HearAsync());
        await ToldAsync("Refused 127.0.0.43:", "it has not said within 5 s that it is a node");
    }

    [Fact]
    public async Task A_node_of_another_name_is_told_so_and_nothing_else()
    {
        using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.44");
        await stranger.SayAsync(NodeCaller.Greeting(Of(hello => hello.Cluster = "paris")));

        await HearsOnlyTheContractAsync(stranger);
        await ToldAsync("Refused 127.0.0.44:", "its signaling.node.clusterName is \"paris\", and this node's is \"berlin\"");
        Assert.Equal(1, _refused["Name"]);
    }

    [Fact]
    public async Task A_node_of_before_there_were_names_is_of_another_name_too()
    {
        using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.45");
        await stranger.SayAsync(NodeCaller.Greeting(hello: null));

        await HearsOnlyTheContractAsync(stranger);
        await ToldAsync("Refused 127.0.0.45:", "it names no cluster");
    }

    [Fact]
    public async Task A_node_of_a_version_two_apart_is_told_so_and_nothing_else()
    {
        const int Far = ContractVersion.Current + 2;
        using var stranger = await NodeCaller.ConnectAsync(_node.System, "127.0.0.46");
        await stranger.SayAsync(NodeCaller.Greeting(Of(hello => (hello.Version, hello.Lowest, hello.Highest) = (Far, Far, Far))));

        await HearsOnlyTheContractAsync(stranger);
        await ToldAsync("Refused 127.0.0.46:", $"its contract version is {Far}, and this node's is {ContractVersion.Current}");
        Assert.Equal(1, _refused["Version"]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_neighbour_is_let_in_and_is_told_the_contract_with_the_first_word(int apart)
    {
        var version = ContractVersion.Current + apart;
        using var node = await NodeCaller.ConnectAsync(_node.System);
        await node.SayAsync(NodeCaller.Greeting(Of(hello => (hello.Version, hello.Lowest, hello.Highest) = (version, version, version))));

        var said = await node.HearAsync();

        Assert.Equal(1u, said!.Instruction.Command);
        Assert.Equal(("berlin", ContractVersion.Current), (said.Hello.Cluster, said.Hello.Version));
        Assert.Empty(Refusals);
    }

    private IEnumerable<string> Refusals => _log.All.Where(line => line.StartsWith(LogOfRefusals, StringComparison.Ordinal));

    private static Hello Of(Action<Hello> change)
    {
        var hello = new ClusterContract("berlin", ContractVersion.Current).Say();
        change(hello);
        return hello;
    }

    private static async Task HearsOnlyTheContractAsync(NodeCaller stranger)
    {
        var said = await stranger.HearAsync();
        Assert.Equal(2u, said!.Instruction.Command);
        Assert.Equal("berlin", said.Hello.Cluster);
        Assert.Null(await stranger.HearAsync());
    }

    private Task ToldAsync(string who, string reason) => Eventually.BecomesAsync(
        () => Refusals.ToArray(),
        lines => lines.Any(line => line.Contains(who, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal)),
        TimeSpan.FromSeconds(10));
}
