using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>Each text of a list names nodes: a host name, an address, or <c>*.suffix</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NodeNameAttribute : ValidationAttribute
{
    private const string AnyLabel = "*.";

    public NodeNameAttribute() => ErrorMessage = "a host name, an address, or *. and the rest of a name, such as *.nodes.example";

    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> list => list.All(IsName),
        string text => IsName(text),
        _ => false,
    };

    private static bool IsName(string text) => text.StartsWith(AnyLabel, StringComparison.Ordinal)
        ? Uri.CheckHostName(text[AnyLabel.Length..]) == UriHostNameType.Dns
        : Uri.CheckHostName(text) is not (UriHostNameType.Unknown or UriHostNameType.Basic);
}
