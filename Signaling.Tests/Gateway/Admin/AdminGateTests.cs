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
    [InlineData("https://elsewhere.example", true)]
    [InlineData("http://127.0.0.1:9001", true)]
    [InlineData("https://127.0.0.1:9000", true)]
    [InlineData("http://127.0.0.1:9000/", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("null", true)]
    [InlineData("", true)]
    public void A_page_of_another_server_may_not_even_with_the_token(string origin, bool hasToken) => Assert.Equal(
        "it comes from a web page", ObstacleOf(context => ComeFrom(context, origin), hasToken));

    [Fact]
    public void The_listeners_own_page_may_with_the_token()
    {
        Assert.Null(ObstacleOf(context => ComeFrom(context, "http://127.0.0.1:9000"), hasToken: true));
        Assert.Equal("a web page takes the admin token for that", ObstacleOf(context => ComeFrom(context, "http://127.0.0.1:9000")));
    }

    [Fact]
    public void A_page_whose_own_name_was_made_to_lead_here_may_not_without_the_token() => Assert.Equal(
        "a web page takes the admin token for that",
        ObstacleOf(context =>
        {
            Come(context, "127.0.0.1", "rebound.attacker.example:9000");
            context.Request.Headers.Origin = "http://rebound.attacker.example:9000";
        }));

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")] // another port of this machine is another server
    [InlineData("anything")]
    public void Another_page_may_not_even_read(string site) => Assert.Equal("it comes from a web page", ObstacleOf(context => Read(context, site), hasToken: true));

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")] // its user has typed the address
    public void The_listeners_own_page_may_read_as_a_program_may(string site)
    {
        Assert.Null(ObstacleOf(context => Read(context, site)));
        Assert.Equal("it calls this node by a name that is not its own", ObstacleOf(context =>
        {
            Read(context, site);
            context.Request.Host = new HostString("rebound.attacker.example:9000");
        }));
    }

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
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
    }

    private static void ComeFrom(HttpContext context, string origin)
    {
        Come(context, "127.0.0.1", "127.0.0.1:9000");
        context.Request.Headers.Origin = origin;
    }

    private static void Read(HttpContext context, string site)
    {
        Come(context, "127.0.0.1", "127.0.0.1:9000");
        context.Request.Headers["Sec-Fetch-Site"] = site;
    }

    private static string? ObstacleOf(Action<HttpContext> request, bool hasToken = false)
    {
        var context = new DefaultHttpContext();
        request(context);
        return AdminGate.ObstacleOf(context, hasToken, Name);
    }
}
