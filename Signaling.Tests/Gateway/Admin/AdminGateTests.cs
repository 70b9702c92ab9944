using System.Net;
using Microsoft.AspNetCore.Http;
using Signaling.Gateway.Admin;
using Xunit;

namespace Signaling.Tests.Gateway.Admin;

/// <summary>Who may have a node do something by its internal listener.</summary>
public sealed class AdminGateTests
{
    private const string Name = "node-1.example";

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:9000")]
    [InlineData("127.1.2.3", "localhost")]
    [InlineData("::1", "[::1]:9000")]
    [InlineData("::ffff:127.0.0.1", "LOCALHOST:9000")]
    [InlineData("::ffff:127.1.2.3", "10.0.0.1")]
    [InlineData("127.0.0.1", Name)]
    public void Who_is_on_this_machine_and_calls_it_by_its_own_name_may(string address, string host) =>
        Assert.Null(ObstacleOf(context => Come(context, address, host)));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("0.0.0.0")]
    public void Who_is_elsewhere_may_not(string address) =>
        Assert.Equal("it comes from another machine", ObstacleOf(context => Come(context, address, "127.0.0.1")));

    [Fact]
    public void Who_comes_from_nowhere_may_not() =>
        Assert.Equal("it comes from another machine", ObstacleOf(context => context.Request.Host = new HostString("127.0.0.1")));

    [Theory]
    [InlineData("rebound.attacker.example")]
    [InlineData("localhost.attacker.example")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("")]
    public void A_name_that_was_made_to_lead_here_may_not(string host) =>
        Assert.Equal("it calls this node by a name that is not its own", ObstacleOf(context => Come(context, "127.0.0.1", host)));

    [Theory]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("http://127.0.0.1:9000", false)]
    [InlineData("null", true)]
    public void A_web_page_may_not_even_with_the_token(string origin, bool hasToken) => Assert.Equal(
        "it comes from a web page",
        ObstacleOf(
            context =>
            {
                Come(context, "127.0.0.1", "127.0.0.1");
                context.Request.Headers.Origin = origin;
            },
            hasToken));

    [Fact]
    public void Who_has_the_token_may_from_anywhere_by_any_name() =>
        Assert.Null(ObstacleOf(context => Come(context, "10.0.0.1", "node-1.nodes"), hasToken: true));

    [Fact]
    public void Who_guesses_a_token_may_not_even_from_here() => Assert.Equal(
        "its admin token is wrong, or none is set",
        ObstacleOf(context =>
        {
            Come(context, "127.0.0.1", "127.0.0.1");
            context.Request.Headers.Authorization = "Bearer guess";
        }));

    private static void Come(HttpContext context, string address, string host)
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
    }

    private static string? ObstacleOf(Action<HttpContext> request, bool hasToken = false)
    {
        var context = new DefaultHttpContext();
        request(context);
        return AdminGate.ObstacleOf(context, hasToken, Name);
    }
}
