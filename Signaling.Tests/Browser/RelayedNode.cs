using System.Text.Json;
using Signaling.Tests.Cluster;
using Signaling.Tests.Deploy.Coturn;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>A node that hands out a real coturn's credentials to the app <c>/callapp</c>, and no servers to <c>/chatapp</c>.</summary>
public sealed class RelayedNode : IAsyncLifetime
{
    private const string StaleNonce = "error 438: Stale nonce";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private string _secret = "first-secret";
    private NodeProcess? _node;
    private TurnServer? _turn;
    private AddressTranslation? _translation;

    /// <summary>Its demo page.</summary>
    public DemoNode Demo => new(new Uri(_node!.Http, "/demo/"));

    /// <summary>The page that tries its servers.</summary>
    public Uri IcePage => new(_node!.Http, "/ice/");

    /// <summary>The STUN server that it names, behind a NAT.</summary>
    public string Stun => $"stun:127.0.0.1:{_translation!.Port}";

    /// <summary>The same server without the NAT, which it does not name.</summary>
    public string NearStun => $"stun:127.0.0.1:{_turn!.Port}";

    /// <summary>Its TURN servers.</summary>
    public IReadOnlyList<string> Turn => [$"turn:127.0.0.1:{_turn!.Port}?transport=udp", $"turn:127.0.0.1:{_turn.Port}?transport=tcp"];

    public async Task InitializeAsync()
    {
        _turn = await TurnServer.StartAsync(_secret, "stale-nonce=4", "verbose");
        _translation = new AddressTranslation(_turn.Port);
        var settings = JsonSerializer.Serialize(new
        {
            tokens = new { rereadInterval = "00:00:01" },
            ice = new { stunUrls = new[] { Stun }, turnUrls = Turn, secretFile = _folder.Write("secret", _secret) },
            apps = new { ChatApp = new { ice = new { ttl = "00:10:00" } } },
        });
        _node = await NodeProcess.StartAsync(settings: $"\"signaling\": {settings},");
    }

    /// <summary>Replaces the secret as <c>deploy/coturn/README.md</c> has it, to the last step: the old one is good for nothing.</summary>
    public async Task ReplaceTheSecretAsync()
    {
        var old = await AskAsync();
        _turn!.AddSecret(_secret + "-next");
        _folder.Write("secret", _secret + "-next");
        await Peers.Eventually.BecomesAsync(AskAsync, now => now.IsBy(_secret + "-next"), Patience);
        _turn.RemoveSecret(_secret);
        _secret += "-next";
        Assert.False(await _turn.RelaysAsync(old.User, old.Password), "What was made by the old secret is taken.");
    }

    /// <summary>How often coturn has asked for the password again, for its nonce had run out.</summary>
    public int TimesAskedAgain => _turn!.Log.Count(line => line.Contains(StaleNonce, StringComparison.Ordinal));

    /// <summary>Waits until coturn's log has a line with some words.</summary>
    public Task LogsAsync(string words) =>
        Peers.Eventually.BecomesAsync(() => _turn!.Log.Any(line => line.Contains(words, StringComparison.Ordinal)), logged => logged, Patience);

    public async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        if (_translation is not null)
            await _translation.DisposeAsync();
        if (_turn is not null)
            await _turn.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private Task<TurnPassword> AskAsync() => TurnPassword.AskAsync(_client, _node!.Http, "/callapp");
}
