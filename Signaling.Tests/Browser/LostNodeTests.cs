using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>What becomes of rooms whose node is killed and comes back: those in them go on, and others can come again.</summary>
[Collection(BrowserTests.Name)]
public sealed class LostNodeTests(Chromium chromium)
{
    [Fact]
    public async Task Rooms_outlive_their_node_and_can_be_entered_again_when_it_is_back()
    {
        await using var node = await RestartedNode.StartAsync();
        var context = await chromium.NewContextAsync();
        var ann = await ChatPage.OpenAsync(context, node.Node, "chat", "Ann");
        var bob = await ChatPage.OpenAsync(context, node.Node, "chat", "Bob");
        var cyd = await ChatPage.OpenAsync(context, node.Node, "chat", "Cyd");
        var dan = await ConferencePage.OpenAsync(context, node.Node, "conference", "Dan");
        var eve = await ConferencePage.OpenAsync(context, node.Node, "conference", "Eve");
        var fay = await ConferencePage.OpenAsync(context, node.Node, "conference", "Fay");
        await ann.OpenRoomAsync();
        await ann.ReachesAsync("open");
        await bob.JoinAsync();
        await bob.ReachesAsync("open");
        await dan.JoinAsync();
        await eve.JoinAsync();
        await dan.SeesAsync([eve]);
        await eve.SeesAsync([dan]);

        await node.KillAsync();
        await ann.HasSignalingAsync("lost");
        await dan.HasSignalingAsync("lost");
        await bob.SayAsync("Still here");
        await ann.HearsAsync("Bob", "Still here");
        await dan.SeesAllMoveAsync();

        await node.StartAgainAsync();
        await ann.HasSignalingAsync("on");
        await dan.HasSignalingAsync("on");
        await eve.HasSignalingAsync("on");
        await cyd.JoinAsync();
        await fay.JoinAsync();
        await bob.SeesAsync("Ann", "Bob", "Cyd");
        await dan.SeesAsync([eve, fay]);
        await eve.SeesAsync([dan, fay]);

        // Dan and Eve were linked anew, and had no reason to connect anew.
        Assert.Equal(2, await dan.CountNoticesAsync());
        await context.CloseAsync();
    }
}
