using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class AddressOrNetTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.5/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::1", "::1/128")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")] // what an address of IPv4 looks like on a socket of both
    [InlineData("::ffff:10.0.0.5", "10.0.0.5/32")]
    public void An_address_is_a_net_of_one(string text, string net) =>
        Assert.Equal(net, AddressOrNetAttribute.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("fd00::/129")]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.5:80")]
    public void Anything_else_is_neither(string text) => Assert.Null(AddressOrNetAttribute.Parse(text));
}
