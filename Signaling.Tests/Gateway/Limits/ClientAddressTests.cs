using System.Net;
using Signaling.Gateway.Limits;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    public void A_client_is_an_IPv4_address_or_a_net_of_IPv6(string address, string client) =>
        Assert.Equal(client, ClientAddress.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("10.1.2.3", "0:0:a01:203::", false)]
    public void Two_are_one_client_or_not(string one, string other, bool same) =>
        Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));

    [Fact]
    public void Clients_of_no_known_address_are_one() =>
        Assert.Equal(ClientAddress.Of(address: null), ClientAddress.Of(address: null));
}
