using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

/// <summary>Which sockets are let in.</summary>
public sealed class UserTokenTests(TokenNode tokens) : IClassFixture<TokenNode>
{
    private Uri App => tokens.Node.App("/callapp");

    [Theory]
    [InlineData("")]
    [InlineData("?userToken=never-registered")]
    [InlineData("?usertoken=known")]
    [InlineData("?UserToken=known")]
    [InlineData("?userToken=KNOWN")]
    [InlineData("?userToken=known&userToken=known")]
    [InlineData("?userToken=known%20")]
    [InlineData("?userToken=constructor")]
    [InlineData("?userToken=__proto__")]
    [InlineData("?userToken=admin%2C%20p%C3%A4ss%3A%20word")]
    public async Task A_peer_without_a_registered_token_is_refused(string query)
    {
        await TokenApi.RegisterAsync(tokens.Node.Http, "known");

        await ExpectRefusedAsync(new Uri(App + query));
    }

    [Fact]
    public async Task The_token_is_looked_at_before_the_path() =>
        await ExpectRefusedAsync(tokens.Node.App("/nope"));

    [Theory]
    [InlineData("constructor2")]
    [InlineData("toString")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a&userToken=b#c?d/e%41+")]
    [InlineData("é😀\u0301\0\r\n")]
    [InlineData("\"quoted\"")]
    public async Task Any_text_is_just_a_token(string token)
    {
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(tokens.Node.Http, token));

        await ExpectWelcomeAsync(token);
    }

    [Fact]
    public async Task A_token_serves_any_number_of_peers_and_apps_until_its_time_is_over()
    {
        await TokenApi.RegisterAsync(tokens.Node.Http, "minute", 60);
        tokens.Time.Advance(TimeSpan.FromSeconds(59.9));
        await using var open = await ExpectWelcomeAsync("minute");
        await using var other = await TestPeer.ConnectAsync(tokens.Node.App("/conferenceapp").WithToken("minute"));
        await other.ExpectNothingAsync();

        tokens.Time.Advance(TimeSpan.FromSeconds(0.1));

        await ExpectRefusedAsync(App.WithToken("minute"));
        await open.ExpectNothingAsync();
    }

    [Fact]
    public async Task Registering_once_more_sets_the_time_anew()
    {
        await TokenApi.RegisterAsync(tokens.Node.Http, "renewed", 60);
        tokens.Time.Advance(TimeSpan.FromSeconds(50));
        await TokenApi.RegisterAsync(tokens.Node.Http, "renewed", 60);
        tokens.Time.Advance(TimeSpan.FromSeconds(50));
        await ExpectWelcomeAsync("renewed");

        await TokenApi.RegisterAsync(tokens.Node.Http, "renewed", 1);
        tokens.Time.Advance(TimeSpan.FromSeconds(1));
        await ExpectRefusedAsync(App.WithToken("renewed"));

        await TokenApi.RegisterAsync(tokens.Node.Http, "renewed", 60);
        await ExpectWelcomeAsync("renewed");
    }

    [Fact]
    public async Task A_token_for_no_time_is_never_good()
    {
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(tokens.Node.Http, "no time", 0));

        await ExpectRefusedAsync(App.WithToken("no time"));
    }

    [Fact]
    public async Task Fractions_of_a_second_count()
    {
        await TokenApi.RegisterAsync(tokens.Node.Http, "fraction", 0.25);
        tokens.Time.Advance(TimeSpan.FromMilliseconds(249));
        await ExpectWelcomeAsync("fraction");
        tokens.Time.Advance(TimeSpan.FromMilliseconds(1));
        await ExpectRefusedAsync(App.WithToken("fraction"));
    }

    [Theory]
    [InlineData("2147484")] // beyond the longest timer of the original's platform
    [InlineData("1e12")]
    [InlineData("1e308")]
    [InlineData("1e999")]
    public async Task A_very_long_time_is_just_that(string seconds)
    {
        var token = "long " + seconds;
        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(tokens.Node.Http, $$"""{"userToken": "{{token}}", "timeout": {{seconds}}}""")).Status);
        tokens.Time.Advance(TimeSpan.FromDays(24));

        await ExpectWelcomeAsync(token);
    }

    [Fact]
    public async Task As_many_as_configured_fit_and_those_that_have_expired_take_no_room()
    {
        const int Most = 300;
        var time = new FakeTimeProvider();
        await using var node = await TokenNode.StartAsync(time, options => options.Tokens.MaxCount = Most);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < Most; i++)
                Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(node.Http, $"{round}-{i}"));
            time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task There_is_an_end_to_them_and_what_is_registered_may_still_be_renewed()
    {
        await using var node = await TokenNode.StartAsync(TimeProvider.System, options => options.Tokens.MaxCount = 1);
        var registered = new List<string>();
        var status = HttpStatusCode.OK;
        for (var i = 0; status == HttpStatusCode.OK; i++)
        {
            Assert.True(i < 20_000, "More tokens fit than there should be room for.");
            registered.Add(i.ToString(CultureInfo.InvariantCulture));
            status = await TokenApi.RegisterAsync(node.Http, registered[^1]);
        }

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(node.Http, registered[0]));
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp").WithToken(registered[^1]));
        Assert.Equal((1008, "Invalid token"), await peer.ExpectCloseAsync());
    }

    [Fact]
    public async Task The_clock_of_the_application_is_used_where_it_has_one()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(
            options => options.AdminToken = TokenApi.AdminToken, before: builder => builder.Services.AddSingleton<TimeProvider>(time));
        await TokenApi.RegisterAsync(node.Http, "token");
        time.Advance(TimeSpan.FromMinutes(1));

        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp").WithToken("token"));
        Assert.Equal((1008, "Invalid token"), await peer.ExpectCloseAsync());
    }

    private async Task<TestPeer> ExpectWelcomeAsync(string token)
    {
        var peer = await TestPeer.ConnectAsync(App.WithToken(token));
        await peer.ExpectNothingAsync();
        return peer;
    }

    private static async Task ExpectRefusedAsync(Uri url)
    {
        await using var peer = await TestPeer.ConnectAsync(url);
        Assert.Equal((1008, "Invalid token"), await peer.ExpectCloseAsync());
    }
}
