using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>A URL that keys may be fetched from: nobody on the way can put others in their place.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeySetUrlAttribute : ValidationAttribute
{
    public KeySetUrlAttribute() => ErrorMessage = "a URL with https, or of this machine with http, without a user in it";

    public override bool IsValid(object? value) =>
        value is null
        || (Uri.TryCreate(value as string, UriKind.Absolute, out var url)
            && url.UserInfo.Length == 0
            && (IsScheme(url, Uri.UriSchemeHttps) || (IsScheme(url, Uri.UriSchemeHttp) && url.IsLoopback)));

    private static bool IsScheme(Uri url, string scheme) => string.Equals(url.Scheme, scheme, StringComparison.Ordinal);
}
