using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string App = "/callapp";
    private static readonly byte[] Key = [.. Enumerable.Range(1, 24).Select(i => (byte)i)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_call_is_told_in_order_signed_as_Standard_Webhooks_has_it_and_without_its_address()
    {
        await using var node = await StartAsync();
        await CallAsync(node);

        await ToldAsync(6);
        var events = _receiver.Events;
        Assert.Equal("address.reserved", events[0].GetProperty("type").GetString());
        Assert.Equal(["link.opened", "link.opened"], Types(1, 3), StringComparer.Ordinal);
        Assert.Equal(["address.released", "link.closed", "link.closed"], Types(3, 6).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(events, one => Assert.Equal((App, AddressKey.Of(App, "room")), (one.GetProperty("app").GetString(), one.GetProperty("address").GetString())));
        Assert.Equal(events[1].GetProperty("link").GetString(), events[2].GetProperty("link").GetString());
        Assert.Equal(events[1].GetProperty("peer").GetString(), events[2].GetProperty("other").GetString());

        var (headers, body) = _receiver.Taken[0];
        var signed = $"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}";
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(signed)))}", headers["webhook-signature"]);
        Assert.DoesNotContain("room", body, StringComparison.Ordinal);
        IEnumerable<string?> Types(int from, int to) => events.Take(new Range(from, to)).Select(one => one.GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_is_not_taken_is_told_again_under_the_same_id_before_anything_else()
    {
        var attempts = 0;
        _receiver.Answer = _ => Task.FromResult(++attempts == 1 ? StatusCodes.Status500InternalServerError : StatusCodes.Status204NoContent);
        await using var node = await StartAsync();

        await CallAsync(node);

        await ToldAsync(6);
        Assert.Equal("address.reserved", _receiver.Events[0].GetProperty("type").GetString());
        Assert.Equal(_receiver.Taken.Count, _receiver.Taken.Select(one => one.Headers["webhook-id"].ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(_receiver.Taken.Count + 1, attempts);
    }

    [Fact]
    public async Task One_that_hangs_holds_no_peer_up_and_what_does_not_fit_is_dropped()
    {
        var hangs = new TaskCompletionSource<int>();
        _receiver.Answer = _ => hangs.Task;
        await using var node = await StartAsync(webhook => webhook.Queue = 10);

        for (var i = 0; i < 20; i++)
            await CallAsync(node);
        hangs.SetResult(StatusCodes.Status204NoContent);

        await Eventually.BecomesAsync(() => _receiver.Events.Count, told => told is >= 10 and < 120, Patience);
    }

    [Fact]
    public async Task A_node_that_stops_tells_what_waits()
    {
        await using var node = await StartAsync();
        await CallAsync(node);
        await node.StopAsync();

        Assert.Equal(6, _receiver.Events.Count);
    }

    private static async Task CallAsync(TestNode node)
    {
        await using var holder = await TestPeer.ListenAsync(node.App(App), "room");
        await using var caller = await TestPeer.ConnectAsync(node.App(App));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 1, "room"));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await holder.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await caller.CloseAsync();
        await holder.ExpectAsync(Frame.Of(EventType.Disconnected, 16384));
        await holder.CloseAsync();
    }

    private Task ToldAsync(int events) => Eventually.BecomesAsync(() => _receiver.Events.Count, told => told == events, Patience);

    private Task<TestNode> StartAsync(Action<WebhookOptions>? configure = null) => TestNode.StartAsync(options =>
    {
        var webhook = new WebhookOptions { Url = _receiver.Url, SecretFile = _folder.Write("secret", $"whsec_{Convert.ToBase64String(Key)}\n") };
        configure?.Invoke(webhook);
        options.Apps.Single(app => string.Equals(app.Path, App, StringComparison.Ordinal)).Webhook = webhook;
    });
}
