using System.Net;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Gateway.Tokens.Signed;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>Three nodes, of which one is killed: what becomes of user tokens.</summary>
public sealed class TokenLossTests : IAsyncLifetime
{
    private const string Settings = $"\"adminToken\": \"{TokenApi.AdminToken}\",";
    private const int Many = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TestSigner _signer = TestSigner.Hs256(SignedTokenNode.Secret);
    private readonly List<NodeProcess> _nodes = [];

    public async Task InitializeAsync()
    {
        (string, string)[] environment = [("SIGNALING__TOKENS__SIGNED__SECRETFILE", _folder.Write("secret", SignedTokenNode.Secret))];
        _nodes.Add(await NodeProcess.StartAsync(seed: null, Settings, environment));
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0], Settings, environment));
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0], Settings, environment));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_node_that_is_killed_takes_no_registered_token_along_and_has_no_part_in_signed_ones()
    {
        for (var i = 0; i < Many; i++)
            Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(_nodes[2].Http, $"of the lost {i}", 3600));
        var signed = _signer.SignUntil(DateTimeOffset.UtcNow.AddHours(1));
        foreach (var node in _nodes)
            await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(signed));

        _nodes[2].Kill();

        // At once, before the others know that it is gone.
        foreach (var node in _nodes[..2])
        {
            for (var i = 0; i < Many; i++)
                await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken($"of the lost {i}"));
            await SignedTokenNode.ExpectWelcomeAsync(node.App("/callapp").WithToken(signed));
            await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken("never registered"));
        }

        // And new ones as soon as they do.
        await Eventually.BecomesAsync(
            () => TokenApi.RegisterAsync(_nodes[0].Http, "after", 3600), status => status == HttpStatusCode.OK, Patience);
        await SignedTokenNode.ExpectWelcomeAsync(_nodes[1].App("/callapp").WithToken("after"));
        for (var i = 0; i < Many; i++)
            await SignedTokenNode.ExpectWelcomeAsync(_nodes[1].App("/callapp").WithToken($"of the lost {i}"));
    }
}
