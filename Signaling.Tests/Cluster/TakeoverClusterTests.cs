using System.Diagnostics;
using System.Net;
using Signaling.Actors.Protocol;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Gateway.Tokens.Signed;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Cluster;

/// <summary>An address that is taken over from one node to another, and right after a node was lost.</summary>
public sealed class TakeoverClusterTests(ITestOutputHelper output)
{
    private const string Address = "room";
    private static readonly (string, string) NewestWins = ("SIGNALING__APPS__CALLAPP__TAKEOVER", "newestWins");

    // Longer than a request may take, and than the loss of a node does by far.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_newest_wins_across_nodes_and_when_the_holder_s_node_is_killed()
    {
        await using var first = await NodeProcess.StartAsync(environment: NewestWins);
        await using var second = await NodeProcess.StartAsync(first, environment: NewestWins);
        await using var third = await NodeProcess.StartAsync(first, environment: NewestWins);

        await using var one = await ListenAsync(first);
        await using var two = await ListenAsync(second);
        await one.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        await using var three = await ListenAsync(third);
        await two.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));

        third.Kill();
        await TakeOverFromTheLostAsync(two);

        await using var four = await ListenAsync(first);
        await two.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
    }

    [Fact]
    public async Task A_token_takes_its_address_back_on_any_node_and_when_the_holder_s_node_is_killed()
    {
        const string Settings = $"\"adminToken\": \"{TokenApi.AdminToken}\",";
        using var folder = new TemporaryFolder();
        (string, string)[] environment =
        [
            ("SIGNALING__APPS__CALLAPP__TAKEOVER", "sameTokenWins"),
            ("SIGNALING__TOKENS__SIGNED__SECRETFILE", folder.Write("secret", SignedTokenNode.Secret)),
        ];
        await using var first = await NodeProcess.StartAsync(seed: null, Settings, environment);
        await using var second = await NodeProcess.StartAsync(first, Settings, environment);
        await using var third = await NodeProcess.StartAsync(first, Settings, environment);
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(third.Http, "hers", 3600));
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(third.Http, "his", 3600));

        await using var old = await ListenAsync(first, "hers");
        await using var other = await TestPeer.ConnectAsync(second.App("/callapp").WithToken("his"));
        await ExpectDeniedAsync(other);
        await using var lost = await ListenAsync(third, "hers");
        await old.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        await ExpectDeniedAsync(other);

        // Signed ones are the same where they are of one subject.
        var signer = TestSigner.Hs256(SignedTokenNode.Secret);
        string Signed(string who, int hours) => signer.SignUntil(TimeProvider.System.GetUtcNow().AddHours(hours), $"\"sub\": \"{who}\"");
        await using var ada = await TestPeer.ListenAsync(third.App("/callapp").WithToken(Signed("ada", 1)), "ada's");
        await using var adaAgain = await TestPeer.ListenAsync(second.App("/callapp").WithToken(Signed("ada", 2)), "ada's");
        await ada.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        await using var bob = await TestPeer.ConnectAsync(first.App("/callapp").WithToken(Signed("bob", 1)));
        await ExpectDeniedAsync(bob, "ada's");

        third.Kill();
        await using var again = await TestPeer.ConnectAsync(second.App("/callapp").WithToken("hers"));
        await TakeOverFromTheLostAsync(again);

        await ExpectDeniedAsync(other);
        await ExpectDeniedAsync(bob, "ada's");
        await using var last = await ListenAsync(first, "hers");
        await again.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
    }

    private async Task TakeOverFromTheLostAsync(TestPeer peer)
    {
        var start = Stopwatch.GetTimestamp();
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        await Eventually.BecomesAsync(() => AnswerAsync(peer), type => type == EventType.ServerInitialized, Patience);
        output.WriteLine($"taken over from a killed node after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    private static async Task ExpectDeniedAsync(TestPeer peer, string address = Address)
    {
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        await peer.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, address));
    }

    private async Task<TestPeer> ListenAsync(NodeProcess node, string? token = null)
    {
        var start = Stopwatch.GetTimestamp();
        var app = node.App("/callapp");
        var peer = await TestPeer.ListenAsync(token is null ? app : app.WithToken(token), Address);
        output.WriteLine($"taken over after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, the socket's opening included");
        return peer;
    }

    // Every request is answered, as long as the holder's node is not lost by a 4; then it is asked again.
    private static async Task<EventType> AnswerAsync(TestPeer peer)
    {
        var answer = await peer.ReceiveAsync();
        var type = (EventType)answer![0];
        if (type == EventType.ServerInitFailed)
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        return type;
    }
}
