using System.Security.Cryptography.X509Certificates;

namespace Signaling.Gateway.Certificates;

/// <summary>The names that a certificate is for. Only its subject alternative names count, never its common name.</summary>
internal static class NodeNames
{
    private const int MostShown = 5;
    private const string AnyLabel = "*.";

    /// <summary>Whether a certificate is for a host.</summary>
    public static bool IsFor(X509Certificate2 certificate, string host) =>
        certificate.MatchesHostname(host.Trim('[', ']'), allowWildcards: true, allowCommonName: false);

    /// <summary>Whether a certificate is for a host, or for one of all that a pattern <c>*.suffix</c> stands for.</summary>
    public static bool IsForOneOf(X509Certificate2 certificate, IEnumerable<string> allowed) => allowed.Any(name =>
        name.StartsWith(AnyLabel, StringComparison.Ordinal)
            ? Extension(certificate)?.EnumerateDnsNames().Any(own => IsBelow(own, name[1..])) is true
            : IsFor(certificate, name));

    /// <summary>The names of a certificate, for messages. A stranger may have chosen them, so they are few.</summary>
    public static string Text(X509Certificate2 certificate)
    {
        if (Extension(certificate) is not { } names)
            return "no host at all";

        string[] all = [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
        return all.Length == 0 ? "no host at all" : string.Join(", ", all.Take(MostShown)) + (all.Length > MostShown ? ", ..." : "");
    }

    // One label before the suffix, as browsers have it; a certificate for *.suffix itself is for any of them.
    private static bool IsBelow(string name, string suffix) =>
        name.Length > suffix.Length
        && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && !name.AsSpan(0, name.Length - suffix.Length).Contains('.');

    private static X509SubjectAlternativeNameExtension? Extension(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
}
