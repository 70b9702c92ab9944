using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>A node that takes signed tokens, of each algorithm, with a clock that the test sets.</summary>
public sealed class SignedTokenNode : IAsyncLifetime
{
    public const string Secret = "a secret of at least thirty-two bytes";

    private readonly TemporaryFolder _folder = new();

    public TestNode Node { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TestSigner Hs256 { get; } = TestSigner.Hs256(Secret);

    public TestSigner Rs256 { get; } = TestSigner.Rs256();

    public TestSigner Es256 { get; } = TestSigner.Es256("curve");

    public Uri App => Node.App("/callapp");

    public DateTimeOffset Soon => Time.GetUtcNow().AddMinutes(1);

    /// <summary>Starts a node that takes signed tokens alone.</summary>
    public static Task<TestNode> StartAsync(TimeProvider time, Action<SignedTokenOptions> signed, Action<SignalingOptions>? configure = null) =>
        TokenNode.StartAsync(time, options =>
        {
            options.AdminToken = null;
            signed(options.Tokens.Signed);
            configure?.Invoke(options);
        });

    public async Task InitializeAsync() => Node = await StartAsync(Time, signed =>
    {
        signed.SecretFile = _folder.Write("secret", Secret + "\n");
        signed.PublicKeyFile = _folder.Write("key.pem", Rs256.Pem);
        signed.KeySetFile = _folder.Write("keys.json", TestSigner.SetOf(Es256));
    });

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Why a token is refused; null: it is not.</summary>
    internal Task<TokenFault?> FaultOfAsync(string token) => FaultOfAsync(Node, token);

    internal static async Task<TokenFault?> FaultOfAsync(TestNode node, string token)
    {
        var verdict = await node.Services.GetRequiredService<SignedTokens>().CheckAsync(token);
        return verdict.Grant is null ? verdict.Fault : null;
    }

    public static async Task ExpectWelcomeAsync(Uri url)
    {
        await using var peer = await TestPeer.ConnectAsync(url);
        await peer.ExpectNothingAsync();
    }

    public static async Task ExpectRefusedAsync(Uri url)
    {
        await using var peer = await TestPeer.ConnectAsync(url);
        Assert.Equal((1008, "Invalid token"), await peer.ExpectCloseAsync());
    }
}
