using System.ComponentModel.DataAnnotations;
using Signaling.Gateway.Origins;

namespace Signaling.Gateway.Configuration;

/// <summary>Each text of a list names origins of web pages.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OriginAttribute : ValidationAttribute
{
    public OriginAttribute() =>
        ErrorMessage = "an origin without a path, such as https://example.com, https://*.example.com for every name below it, null for pages without one, or * for all";

    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> list => list.All(text => OriginPattern.Parse(text) is not null),
        string text => OriginPattern.Parse(text) is not null,
        _ => false,
    };
}
