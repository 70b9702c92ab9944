using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Signaling.Gateway.Configuration;

/// <summary>Each text of a list is the URL of a STUN or TURN server: a scheme, a host, perhaps a port, and for TURN perhaps a transport.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class IceUrlAttribute : ValidationAttribute
{
    private readonly string[] _schemes;

    public IceUrlAttribute(params string[] schemes)
    {
        _schemes = schemes;
        ErrorMessage = $"a URL such as {schemes[0]}:{schemes[0]}.example.com:3478";
    }

    public override bool IsValid(object? value) => value switch
    {
        IEnumerable<string> list => list.All(IsUrl),
        string text => IsUrl(text),
        _ => false,
    };

    private bool IsUrl(string text)
    {
        var match = Url().Match(text);
        return match.Success
            && _schemes.Contains(match.Groups["scheme"].Value, StringComparer.Ordinal)
            && (!match.Groups["transport"].Success || match.Groups["scheme"].Value.StartsWith("turn", StringComparison.Ordinal));
    }

    [GeneratedRegex(
        @"\A(?<scheme>stuns?|turns?):([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(?<transport>\?transport=(udp|tcp))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();
}
