using k8s.Models;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Deploy.Chart;
using Signaling.Tests.Deploy.Compose;
using Signaling.Tests.Gateway;
using Xunit;
using static Signaling.Tests.Deploy.Compose.ComposeFile;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>The coturn of the chart and of the compose file takes what the nodes beside it hand out.</summary>
public sealed class ContainedCoturnTests : IAsyncLifetime
{
    private const string Secret = "a-first+secret/=";
    private const string Next = "the+next/secret==";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ContainedCoturn _coturn = new();
    private readonly TemporaryFolder _turn = new();
    private readonly HttpClient _client = new();
    private readonly int _port = Faults.Ports.Take();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _coturn.DisposeAsync();
        _turn.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task That_of_the_chart_takes_what_its_nodes_hand_out_and_what_is_made_by_the_next_secret()
    {
        var render = await Render.WithAsync("coturn.enabled=true", "coturn.host=127.0.0.1", $"coturn.ports.turn={_port}", "ice.existingSecret=a", "ice.key=current");
        using var nodes = new PodFolder();
        var ice = nodes.Load(render, ordinal: 0, []).Settings.Ice;
        await File.WriteAllTextAsync(ice.SecretFile!, Secret);
        foreach (var (name, text) in render.Named<V1ConfigMap>("talk-signaling-coturn").Data)
            _coturn.Write($"/etc/coturn/{name}", text);
        _coturn.Write("/etc/coturn-secrets/current", Secret);
        await _coturn.StartAsync(_port, [.. render.One<V1Deployment>().Spec.Template.Spec.Containers.Single().Command]);

        await using var node = await StartAsync(ice);
        await TakesWhatIsHandedOutAsync(node);

        _coturn.Write("/etc/coturn-secrets/next", Next);
        await File.WriteAllTextAsync(ice.SecretFile!, Next);
        TurnPassword? password = null;
        await Peers.Eventually.BecomesAsync(async () => password = await AskAsync(node), now => now.IsBy(Next), Patience);
        await Peers.Eventually.BecomesAsync(() => TurnClient.RelaysAsync(_port, password!.User, password.Password), relays => relays, Patience);
    }

    [Fact]
    public async Task That_of_the_compose_file_takes_what_the_nodes_hand_out()
    {
        var compose = ComposeFile.WithTurn(("TURN_HOST", "127.0.0.1"), ("TURN_PORT", $"{_port}"));
        var coturn = compose.Services["coturn"];
        _turn.Write("secret", Secret);
        var ice = compose.ConfigurationOf("node2", _turn.Path).Settings.Ice;
        var files = ListOf(coturn["volumes"]).Select(volume => volume.Split(':')).ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(files["/etc/coturn"]))
            _coturn.Write($"/etc/coturn/{Path.GetFileName(file)}", await File.ReadAllTextAsync(file));
        Assert.Equal(Path.Combine(ComposeFile.Folder, "turn"), files["/run/turn"]);
        _coturn.Write("/run/turn/secret", Secret);
        await _coturn.StartAsync(_port, ListOf(coturn["entrypoint"]));

        await using var node = await StartAsync(ice);
        await TakesWhatIsHandedOutAsync(node);
    }

    private static Task<TestNode> StartAsync(IceOptions ice) => TestNode.StartAsync(options =>
    {
        options.Tokens.RereadInterval = TimeSpan.FromSeconds(1);
        options.Ice = ice;
    });

    private async Task TakesWhatIsHandedOutAsync(TestNode node)
    {
        var (user, password) = await AskAsync(node);
        Assert.True(await TurnClient.RelaysAsync(_port, user, password), "What the nodes hand out is refused.");
        Assert.False(await TurnClient.RelaysAsync(_port, user, "forged"), "Any password is taken.");
        _coturn.ShowsNowhere(Secret);
    }

    private Task<TurnPassword> AskAsync(TestNode node) => TurnPassword.AskAsync(_client, node.Http, "/callapp");
}
