using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Gateway.Configuration;

/// <summary>Each text of a list is an address, or a net: an address and the number of bits that all of it share.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressOrNetAttribute : ValidationAttribute
{
    // ::ffff:0:0/96 are the addresses of IPv4 as IPv6 writes them.
    private const int MappedBits = 96;

    public AddressOrNetAttribute() => ErrorMessage = "an address or a net, such as 10.0.0.5, 10.0.0.0/8 or fd00::/8";

    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> list => list.All(text => Parse(text) is not null),
        string text => Parse(text) is not null,
        _ => false,
    };

    /// <summary>Reads one; null where it is none.</summary>
    public static IPNetwork? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (ParseAddress(slash < 0 ? text : text[..slash]) is not { } address)
            return null;

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var bits = most;
        if (slash >= 0 && !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits))
            return null;

        if (address.IsIPv4MappedToIPv6 && bits >= MappedBits)
            (address, bits, most) = (address.MapToIPv4(), bits - MappedBits, most - MappedBits);
        return bits <= most && IPNetwork.TryParse($"{address}/{bits.ToString(CultureInfo.InvariantCulture)}", out var net) ? net : null;
    }

    // The framework also reads 10 and 10.1 as addresses, which nobody means.
    private static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(unit => unit == '.') == 3)
            ? address
            : null;
}
