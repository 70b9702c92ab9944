using System.Net;

namespace Signaling.Gateway;

/// <summary>Addresses as they are compared and shown.</summary>
internal static class PlainAddress
{
    /// <summary>IPv4 within IPv6, as a socket for both has it, as IPv4.</summary>
    public static IPAddress Plain(this IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
