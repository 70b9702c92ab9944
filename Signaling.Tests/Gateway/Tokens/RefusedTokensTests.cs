using System.Net;
using Microsoft.Extensions.Logging;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway.Metrics;
using Signaling.Tests.Gateway.Tokens.Signed;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

/// <summary>What who runs the service learns of tokens that are refused: why, and never which.</summary>
public sealed class RefusedTokensTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestSigner _signer = TestSigner.Hs256(SignedTokenNode.Secret);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_figures_tell_why()
    {
        await using var node = await NodeProcess.StartAsync(
            seed: null,
            $"\"adminToken\": \"{TokenApi.AdminToken}\",",
            ("SIGNALING__TOKENS__SIGNED__SECRETFILE", _folder.Write("secret", SignedTokenNode.Secret)),
            ("SIGNALING__TOKENS__MAXFAILURES", "3"),
            ("SIGNALING__TOKENS__FAILUREINTERVAL", "01:00:00"));
        var app = node.App("/callapp");
        await SignedTokenNode.ExpectRefusedAsync(app);
        await SignedTokenNode.ExpectRefusedAsync(app.WithToken("any"));
        await SignedTokenNode.ExpectRefusedAsync(app.WithToken(_signer.Sign("\"exp\": 1000")));
        await SignedTokenNode.ExpectRefusedAsync(app.WithToken(_signer.Sign("\"exp\": 1001")));
        await SignedTokenNode.ExpectRefusedAsync(app.WithToken(_signer.Sign("\"exp\": 1002", "{\"alg\":\"none\"}")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(node.Http, "{}", "wrong")).Status);

        using var client = new HttpClient();
        var figures = PrometheusText.Parse(await client.GetStringAsync(new Uri(node.Internal, "/metrics")));

        foreach (var (reason, count) in ((string, int)[])[("Missing", 1), ("NotRegistered", 1), ("Expired", 2), ("Algorithm", 1), ("NotAdmin", 1)])
            Assert.Equal(count, figures.Value("signaling_tokens_refused_total", $"reason={reason}"));
        Assert.Equal(1, figures.Value("signaling_tokens_throttled_total", "attempt=Socket"));
        Assert.Equal(5, figures.Value("signaling_sockets_refused_total", "reason=Invalid token"));
        Assert.Contains(node.StartLog, line => line.EndsWith("only peers with a registered or a signed user token are let in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task So_does_the_log_where_it_tells_everything_and_it_shows_no_token()
    {
        using var log = new RecordingLog();
        var token = _signer.Sign("\"exp\": 1000");
        await using (var node = await TestNode.StartAsync(
            options => options.Tokens.Signed.SecretFile = _folder.Write("secret", SignedTokenNode.Secret),
            build: builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning).AddProvider(log)))
        {
            await SignedTokenNode.ExpectRefusedAsync(node.App("/callapp").WithToken(token));
            await using var byProtocol = await TestPeer.ConnectAsync(node.App("/callapp"), "bearer." + token);
            Assert.Equal((1008, "Invalid token"), await byProtocol.ExpectCloseAsync());
            await using var byHeader = await TestPeer.ConnectWithAsync(node.App("/callapp"), $"Bearer {token}");
            Assert.Equal((1008, "Invalid token"), await byHeader.ExpectCloseAsync());
        }

        Assert.Equal(3, log.Lines.Count(line => line.EndsWith("A token from 127.0.0.1 is refused: Expired.", StringComparison.Ordinal)));
        Assert.All(log.Lines, line => Assert.DoesNotContain(token.Split('.')[1], line, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain(SignedTokenNode.Secret, line, StringComparison.Ordinal));
    }
}
