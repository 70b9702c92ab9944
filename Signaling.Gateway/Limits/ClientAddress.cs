using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Gateway.Limits;

/// <summary>
/// Where a peer comes from, as far as limits tell one client from another: its IPv4 address, or the first 64 bits of its IPv6 address,
/// of which one client usually has all the rest.
/// </summary>
/// <param name="Net">The bits.</param>
/// <param name="IsV6">Whether they are those of an IPv6 address.</param>
internal readonly record struct ClientAddress(ulong Net, bool IsV6)
{
    /// <summary>That of an address; IPv4 within IPv6 is IPv4. Where no address is known all clients are one.</summary>
    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null)
            return default;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsV6: false);
        return address.IsIPv4MappedToIPv6
            ? new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), IsV6: false)
            : new ClientAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsV6: true);
    }

    /// <summary>As people write it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Net);
        return IsV6 ? $"{new IPAddress(bytes)}/64" : new IPAddress(bytes[4..8]).ToString();
    }
}
