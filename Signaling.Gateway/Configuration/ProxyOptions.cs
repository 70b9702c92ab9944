using System.Net;

namespace Signaling.Gateway.Configuration;

/// <summary>Whose word counts about where a peer comes from: <c>signaling.proxies</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>
    /// The proxies, each an address or a net, whose <c>X-Forwarded-For</c> is believed. Empty: the header is not looked at, and a
    /// peer's address is that of its connection.
    /// </summary>
    [AddressOrNet]
    public IList<string> Trusted { get; init; } = [];

    /// <summary>The same as nets.</summary>
    internal IEnumerable<IPNetwork> Nets => Trusted.Select(AddressOrNetAttribute.Parse).OfType<IPNetwork>();
}
