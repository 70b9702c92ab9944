namespace Signaling.Gateway.Certificates;

/// <summary>Why a certificate is not taken.</summary>
/// <param name="What">What the certificate is or does, as the rest of a sentence: <c>ran out on 2026-11-24</c>.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record CertificateFault(string What, string Remedy);
