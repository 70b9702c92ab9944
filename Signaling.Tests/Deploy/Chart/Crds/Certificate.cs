using k8s.Models;

namespace Signaling.Tests.Deploy.Chart.Crds;

/// <summary>cert-manager's: the fields that the chart uses.</summary>
internal sealed record Certificate(string ApiVersion, string Kind, V1ObjectMeta Metadata, CertificateSpec Spec);

internal sealed record CertificateSpec(string SecretName, IssuerRef IssuerRef, CertificateKey PrivateKey, IReadOnlyList<string> Usages)
{
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    public bool IsCA { get; init; }

    public string? CommonName { get; init; }

    public CertificateSubject? Subject { get; init; }

    public string? Duration { get; init; }

    public string? RenewBefore { get; init; }
}

internal sealed record CertificateSubject(IReadOnlyList<string> OrganizationalUnits);

internal sealed record CertificateKey(string Algorithm, int Size, string RotationPolicy);

internal sealed record IssuerRef(string Name)
{
    public string? Kind { get; init; }

    public string? Group { get; init; }
}

/// <summary>cert-manager's: either signs itself, or by a CA of a Secret.</summary>
internal sealed record Issuer(string ApiVersion, string Kind, V1ObjectMeta Metadata, IssuerSpec Spec);

internal sealed record IssuerSpec
{
    public SelfSigned? SelfSigned { get; init; }

    public CaOfSecret? Ca { get; init; }
}

internal sealed record SelfSigned;

internal sealed record CaOfSecret(string SecretName);
