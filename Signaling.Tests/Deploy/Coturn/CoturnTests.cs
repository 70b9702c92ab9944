using System.Text;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Ice;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>What the service hands out is what a real coturn takes.</summary>
public sealed class CoturnTests : IDisposable
{
    private const string Secret = "first-secret";
    private const string Next = "next-secret";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_issued_is_taken_and_what_is_forged_or_for_another_app_s_server_is_not()
    {
        await using var turn = await TurnServer.StartAsync(Secret);
        await using var node = await StartAsync(turn);
        var (user, password) = await AskAsync(node, "/callapp");

        Assert.True(await turn.RelaysAsync(user, password), "What the service has issued is refused.");
        Assert.False(await turn.RelaysAsync(user, "forged"), "Any password is taken.");
        Assert.False(await turn.RelaysAsync($"9{user}", password), "A password is taken for longer than it is for.");
        var other = await AskAsync(node, "/chatapp");
        Assert.False(await turn.RelaysAsync(other.User, other.Password), "Another app's password is taken.");
    }

    [Fact]
    public async Task What_has_expired_is_refused()
    {
        await using var turn = await TurnServer.StartAsync(Secret);
        var late = TurnCredentials.Make(Encoding.UTF8.GetBytes(Secret), TimeProvider.System.GetUtcNow().AddSeconds(-5), "late");
        var inTime = TurnCredentials.Make(Encoding.UTF8.GetBytes(Secret), TimeProvider.System.GetUtcNow().AddSeconds(60), "late");

        Assert.False(await turn.RelaysAsync(late.Username, late.Password), "What has expired is taken.");
        Assert.True(await turn.RelaysAsync(inTime.Username, inTime.Password), "What has not expired is refused.");
    }

    [Fact]
    public async Task A_secret_is_changed_without_a_restart_and_without_a_gap()
    {
        await using var turn = await TurnServer.StartAsync(Secret);
        await using var node = await StartAsync(turn);
        var before = await AskAsync(node, "/callapp");

        turn.AddSecret(Next);
        _folder.Write("secret", Next);
        var after = before;
        await Peers.Eventually.BecomesAsync(
            async () => after = await AskAsync(node, "/callapp"),
            now => now.IsBy(Next),
            TimeSpan.FromSeconds(30));

        Assert.True(await turn.RelaysAsync(before.User, before.Password), "What was made by the secret before is refused while both are good.");
        Assert.True(await turn.RelaysAsync(after.User, after.Password), "What is made by the new secret is refused.");
        turn.RemoveSecret(Secret);
        Assert.False(await turn.RelaysAsync(before.User, before.Password), "What was made by the secret before is taken when that is gone.");
        Assert.True(await turn.RelaysAsync(after.User, after.Password), "What is made by the new secret is refused.");
    }

    private Task<TurnPassword> AskAsync(TestNode node, string app) => TurnPassword.AskAsync(_client, node.Http, app);

    private Task<TestNode> StartAsync(TurnServer turn) => TestNode.StartAsync(options =>
    {
        options.Tokens.RereadInterval = TimeSpan.FromSeconds(1);
        options.Ice = new IceOptions { TurnUrls = { $"turn:127.0.0.1:{turn.Port}" }, SecretFile = _folder.Write("secret", Secret) };
        options.Apps.First(app => app.Path is "/chatapp").Ice = new IceOptions
        {
            TurnUrls = { "turn:other.example.com" },
            SecretFile = _folder.Write("other-secret", "other-secret"),
        };
    });
}
