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

    /// <summary>Whether peers connect to this node themselves, so that the address of a connection is its peer's.</summary>
    public bool Direct { get; set; }

    /// <summary>Whether it is known where peers come from.</summary>
    internal bool AddressesAreKnown => Direct || Trusted.Count > 0;

    /// <summary>The same as nets.</summary>
    internal IEnumerable<IPNetwork> Nets => Trusted.Select(AddressOrNetAttribute.Parse).OfType<IPNetwork>();
}
