using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Client;

/// <summary>Looks at a server's certificate as any client does, and remembers what was wrong with it.</summary>
/// <param name="host">The name that it should be for.</param>
/// <param name="isInsecure">Whether any will do.</param>
internal sealed class CertificateCheck(string host, bool isInsecure)
{
    /// <summary>What was wrong; null: nothing, or it was not asked.</summary>
    public PeerException? Obstacle { get; private set; }

    public bool Accept(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (isInsecure || errors == SslPolicyErrors.None)
            return true;

        Obstacle = certificate is X509Certificate2 shown && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? WhyNot(shown, chain, errors)
            : new PeerException("the server showed no certificate", "see that the port is one for wss");
        return false;
    }

    private PeerException WhyNot(X509Certificate2 shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return new PeerException(
                $"the server's certificate is for {NamesOf(shown)}, not for {host}",
                "connect to a name that it has, have one made for this name, or take any by --insecure");
        }

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? new PeerException(
                string.Create(CultureInfo.InvariantCulture, $"a certificate that the server shows, or its issuer's, is not valid now (its own from {shown.NotBefore.ToUniversalTime():yyyy-MM-dd} to {shown.NotAfter.ToUniversalTime():yyyy-MM-dd})"),
                "renew it, see this machine's clock, or take any by --insecure")
            : new PeerException(
                $"nobody whom this machine trusts has signed the server's certificate ({shown.Subject}, issued by {shown.Issuer}; {status})",
                "see that the server sends the intermediate certificates, have this machine trust the issuer, or take any by --insecure");
    }

    private static string NamesOf(X509Certificate2 shown)
    {
        string[] names =
        [
            .. shown.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))),
        ];
        return names.Length > 0 ? string.Join(", ", names) : $"no name at all ({shown.Subject})";
    }
}
