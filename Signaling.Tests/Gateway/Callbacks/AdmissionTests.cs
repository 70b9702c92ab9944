using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway.Webhooks;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Callbacks;

/// <summary>An app's own program says who may have which address.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private const string App = "/callapp";
    private const string Secret = "a secret";
    private readonly TemporaryFolder _folder = new();
    private WebhookReceiver _program = null!;

    public async Task InitializeAsync() => _program = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_is_let_in_is_served_and_the_question_is_signed()
    {
        await using var node = await StartAsync();
        await using var holder = await TestPeer.ListenAsync(node.App(App), "room");
        await using var caller = await TestPeer.ConnectAsync(node.App(App));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 1, "room"));
        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, [1, 2]));

        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await holder.ExpectAsync(Frame.Of(EventType.NewConnection, 16384), Frame.Of(EventType.ReliableMessageReceived, 16384, [1, 2]));

        var asked = _program.Taken.Select(one => JsonDocument.Parse(one.Body).RootElement).ToArray();
        Assert.Equal(["listen", "connect"], asked.Select(one => one.GetProperty("type").GetString()), StringComparer.Ordinal);
        Assert.All(asked, one => Assert.Equal((App, "room"), (one.GetProperty("app").GetString(), one.GetProperty("address").GetString())));
        var (headers, body) = _program.Taken[0];
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}", headers["webhook-signature"]);
    }

    [Fact]
    public async Task Who_is_not_gets_the_answers_of_an_address_that_is_not_free_and_of_one_where_nobody_is()
    {
        _program.Answer = body => Task.FromResult(
            body.Contains("secret room", StringComparison.Ordinal) ? StatusCodes.Status403Forbidden : StatusCodes.Status204NoContent);
        await using var node = await StartAsync();
        await using var peer = await TestPeer.ListenAsync(node.App(App), "room");

        await peer.SendAsync(Frame.Of(EventType.NewConnection, 1, "secret room"));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "secret room"));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "hall"));

        await peer.ExpectAsync(
            Frame.Of(EventType.ConnectionFailed, 1),
            Frame.Of(EventType.ServerClosed, FrameHeader.NoId),
            Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "secret room"),
            Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "hall"));
    }

    [Theory]
    [InlineData(AdmissionDefault.Deny, EventType.ServerInitFailed)]
    [InlineData(AdmissionDefault.Allow, EventType.ServerInitialized)]
    public async Task Where_nobody_answers_in_time_or_says_anything_else_what_is_set_counts(AdmissionDefault without, EventType answer)
    {
        var never = new TaskCompletionSource<int>();
        _program.Answer = body => body.Contains("slow", StringComparison.Ordinal) ? never.Task : Task.FromResult(StatusCodes.Status500InternalServerError);
        await using var node = await StartAsync(admission => (admission.WithoutAnswer, admission.Timeout) = (without, TimeSpan.FromSeconds(0.5)));
        await using var peer = await TestPeer.ConnectAsync(node.App(App));

        foreach (var address in (string[])["broken", "slow"])
        {
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
            if (answer == EventType.ServerInitialized && address is "slow")
                await peer.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
            await peer.ExpectAsync(Frame.Of(answer, FrameHeader.NoId, address));
        }

        never.SetResult(StatusCodes.Status204NoContent);
    }

    [Fact]
    public async Task Other_apps_and_messages_without_an_address_wait_for_nobody()
    {
        var asked = 0;
        _program.Answer = _ =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(StatusCodes.Status403Forbidden);
        };
        await using var node = await StartAsync();
        await using var other = await TestPeer.ListenAsync(node.App("/chatapp"), "room");
        await using var peer = await TestPeer.ConnectAsync(node.App(App));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId));
        await peer.SendAsync(Frame.Of(EventType.Disconnected, 5));

        await peer.ExpectNothingAsync();
        Assert.Equal(0, asked);
    }

    private Task<TestNode> StartAsync(Action<AdmissionOptions>? configure = null) => TestNode.StartAsync(options =>
    {
        var admission = new AdmissionOptions { Url = _program.Url, SecretFile = _folder.Write("secret", Secret) };
        configure?.Invoke(admission);
        options.Apps.Single(app => string.Equals(app.Path, App, StringComparison.Ordinal)).Admission = admission;
    });
}
