using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Gateway.Draining;
using Xunit;

namespace Signaling.Tests.Gateway.Draining;

/// <summary>Who may drain a node by its internal listener.</summary>
public sealed class DrainEndpointTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:127.1.2.3")]
    public async Task Whoever_is_on_this_machine_may(string address) =>
        Assert.Equal((StatusCodes.Status200OK, true), await AskAsync(context => context.Connection.RemoteIpAddress = IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task Nobody_else_may(string address) =>
        Assert.Equal((StatusCodes.Status403Forbidden, false), await AskAsync(context => context.Connection.RemoteIpAddress = IPAddress.Parse(address)));

    [Fact]
    public async Task Who_comes_from_nowhere_may_not() =>
        Assert.Equal((StatusCodes.Status403Forbidden, false), await AskAsync(_ => { }));

    [Fact]
    public async Task A_web_page_that_is_shown_on_this_machine_may_not() =>
        Assert.Equal((StatusCodes.Status403Forbidden, false), await AskAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Loopback;
            context.Request.Headers.Origin = "https://elsewhere.example";
        }));

    private static async Task<(int Status, bool Drained)> AskAsync(Action<HttpContext> request)
    {
        var drain = new CountedDrain();
        await using var services = new ServiceCollection().AddSingleton<INodeDrain>(drain).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        request(context);
        await DrainEndpoint.HandleAsync(context);
        return (context.Response.StatusCode, drain.IsDraining);
    }

    private sealed class CountedDrain : INodeDrain
    {
        public bool IsDraining { get; private set; }

        public bool IsClosed => IsDraining;

        public Task DrainAsync(CancellationToken cancellation = default)
        {
            IsDraining = true;
            return Task.CompletedTask;
        }
    }
}
