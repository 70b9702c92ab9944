using System.Net;
using System.Net.Sockets;
using Signaling.Client;

namespace Signaling.Load.Targets;

/// <summary>Load goes to machines of one's own. A public address may be anybody's, so that one has to be asked for.</summary>
internal static class Consent
{
    /// <summary>What has to be said for a public address.</summary>
    public const string Option = "--i-may";

    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
            "100.64.0.0/10", // within a provider's or an overlay network
            "::1/128", "fc00::/7", "fe80::/10",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Sees that load may be put on where the URLs lead.</summary>
    /// <exception cref="MisuseException">It may be another's.</exception>
    /// <exception cref="PeerException">Nobody knows where they lead.</exception>
    public static async Task CheckAsync(LoadPlan plan, CancellationToken cancellation)
    {
        if (plan.IsAllowed)
            return;

        foreach (var url in plan.Urls)
        {
            foreach (var address in await AddressesOfAsync(url, cancellation))
            {
                if (IsPublic(address))
                {
                    throw new MisuseException(
                        $"{url.GetLeftPart(UriPartial.Path)} is at {address}, a public address. Load that nobody expects is an attack: put it on a " +
                        $"deployment of your own, or one whose owner has agreed, and say so by {Option}.");
                }
            }
        }
    }

    /// <summary>Whether an address may be anybody's.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Private, network => network.Contains(plain));
    }

    private static async Task<IPAddress[]> AddressesOfAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(url.DnsSafeHost, cancellation);
        }
        catch (SocketException error)
        {
            throw new PeerException($"{url.GetLeftPart(UriPartial.Path)}: nobody knows a host of this name", "correct it, or see the name server", error);
        }
    }
}
