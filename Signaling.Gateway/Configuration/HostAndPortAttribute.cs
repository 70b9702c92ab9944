using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Signaling.Gateway.Configuration;

/// <summary>Each text of a list names a node: its host and its port.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostAndPortAttribute : ValidationAttribute
{
    public HostAndPortAttribute() => ErrorMessage = "a host and a port, such as 10.0.0.1:4053";

    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> list => list.All(IsHostAndPort),
        string text => IsHostAndPort(text),
        _ => false,
    };

    private static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0;
    }
}
