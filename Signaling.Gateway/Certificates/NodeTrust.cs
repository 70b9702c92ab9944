using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// Whom a node believes to be another node of its cluster: who shows a certificate, signed by one of the cluster's own CAs,
/// that holds now, may be used for this, and is for the right name. What this machine trusts otherwise does not count.
/// </summary>
/// <param name="authorities">The certificates of the CAs: roots, and what may be between a root and a node.</param>
/// <param name="names">What a node's certificate may be for: hosts, addresses and <c>*.suffix</c>.</param>
/// <param name="time">The clock that certificates are held against.</param>
internal sealed class NodeTrust(X509Certificate2Collection authorities, IReadOnlyList<string> names, TimeProvider time)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int MostOfName = 100;

    private readonly X509Certificate2Collection _roots = [.. authorities.Where(IsRoot)];
    private readonly X509Certificate2Collection _between = [.. authorities.Where(one => !IsRoot(one))];

    /// <summary>Whether a certificate is signed with itself, as that of a root is.</summary>
    public static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>What is wrong with the certificate of who was dialled; null: nothing.</summary>
    /// <param name="certificate">The certificate; null: none was shown.</param>
    /// <param name="sent">Certificates that came with it.</param>
    /// <param name="host">The host that was dialled.</param>
    public CertificateFault? OfServer(X509Certificate2? certificate, X509Certificate2Collection sent, string host)
    {
        if (certificate is null)
            return Missing;

        return OfChain(certificate, sent, ServerAuthentication, "serverAuth")
            ?? (NodeNames.IsFor(certificate, host)
                ? null
                : new CertificateFault(
                    $"is for {NodeNames.Text(certificate)}, and not for {host}, the name it is reached under",
                    "have one issued that names it among its subject alternative names"));
    }

    /// <summary>What is wrong with the certificate of who came in; null: nothing.</summary>
    /// <param name="certificate">The certificate; null: none was shown.</param>
    /// <param name="sent">Certificates that came with it.</param>
    public CertificateFault? OfClient(X509Certificate2? certificate, X509Certificate2Collection sent)
    {
        if (certificate is null)
            return Missing;

        return OfChain(certificate, sent, ClientAuthentication, "clientAuth")
            ?? (NodeNames.IsForOneOf(certificate, names)
                ? null
                : new CertificateFault(
                    $"is for {NodeNames.Text(certificate)}, and for none of signaling.node.tls.names ({string.Join(", ", names)})",
                    "add its name there on every node, if it is one of them"));
    }

    /// <summary>The certificates from one to its root; null where they lead to none of this cluster's.</summary>
    public IReadOnlyList<X509Certificate2>? PathOf(ServerCertificate own)
    {
        using var chain = Chain(own.Intermediates, ClientAuthentication);
        return chain.Build(own.Leaf) ? [.. chain.ChainElements.Select(element => element.Certificate)] : null;
    }

    /// <summary>The same rules for the framework's own check, so that it asks no network and no store of this machine.</summary>
    /// <param name="isServer">Whether it is for the certificate of a server.</param>
    public X509ChainPolicy PolicyFor(bool isServer) => Policy([], isServer ? ServerAuthentication : ClientAuthentication);

    private static CertificateFault Missing { get; } =
        new("is missing: it has shown none", "give it one, if it is a node: signaling.node.tls");

    private CertificateFault? OfChain(X509Certificate2 certificate, X509Certificate2Collection sent, string usage, string usageName)
    {
        using var chain = Chain(sent, usage);
        if (Builds(chain, certificate))
            return null;

        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
            | X509ChainStatusFlags.NotSignatureValid | X509ChainStatusFlags.ExplicitDistrust;
        if (status == X509ChainStatusFlags.NoError || (status & Untrusted) != X509ChainStatusFlags.NoError)
        {
            return new CertificateFault(
                $"is signed by \"{Short(certificate.Issuer)}\", which leads to no CA of signaling.node.tls.caFile",
                "have one issued by the cluster's CA, or add its CA there on every node");
        }

        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return OfTime(certificate, chain);
        if (status.HasFlag(X509ChainStatusFlags.NotValidForUsage))
        {
            return new CertificateFault(
                $"lacks the extended key usage {usageName}", "have one issued for both serverAuth and clientAuth, as a node is both");
        }

        return new CertificateFault($"is not valid: {status}", "have another one issued");
    }

    private static bool Builds(X509Chain chain, X509Certificate2 certificate)
    {
        try
        {
            return chain.Build(certificate);
        }
        catch (CryptographicException) // a certificate can be broken beyond building
        {
            return false;
        }
    }

    private CertificateFault OfTime(X509Certificate2 certificate, X509Chain chain)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (certificate.NotAfter.ToUniversalTime() < now)
            return new CertificateFault($"ran out on {Date(certificate.NotAfter)}", "renew it, and start its node again");
        if (certificate.NotBefore.ToUniversalTime() > now)
            return new CertificateFault($"holds from {Date(certificate.NotBefore)} on only", "see that the clocks of the nodes are right");

        var late = chain.ChainElements.Select(element => element.Certificate).FirstOrDefault(one => one.NotAfter.ToUniversalTime() < now);
        return new CertificateFault(
            late is null ? "is signed by a CA whose own certificate does not hold yet" : $"is signed by \"{Short(late.Subject)}\", whose own certificate ran out on {Date(late.NotAfter)}",
            "renew the CA, then the certificates of the nodes");
    }

    private X509Chain Chain(X509Certificate2Collection sent, string usage) => new() { ChainPolicy = Policy(sent, usage) };

    private X509ChainPolicy Policy(X509Certificate2Collection sent, string usage)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_between);
        policy.ExtraStore.AddRange(sent);
        policy.ApplicationPolicy.Add(new Oid(usage));
        return policy;
    }

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length <= MostOfName ? name : name[..MostOfName] + "...";
}
