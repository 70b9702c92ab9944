using System.Globalization;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// What peers are shown. Where it stands in files it is replaced while the node runs, when there is a certificate with its key that is
/// good: connections that begin from then on get the new one, the others go on.
/// </summary>
internal sealed class PublicCertificate : IReread
{
    private readonly NamedFile _file;
    private readonly RereadFiles<ServerCertificate> _files;

    /// <summary>One that stands in no file.</summary>
    /// <param name="origin">What would name its file, for messages.</param>
    /// <param name="made">The certificate.</param>
    public PublicCertificate(string origin, ServerCertificate made) =>
        (_file, _files) = (new NamedFile(origin, Path: ""), new RereadFiles<ServerCertificate>([], _ => made));

    private PublicCertificate(NamedFile certificate, NamedFile key, TimeProvider time)
    {
        _file = certificate;
        _files = new RereadFiles<ServerCertificate>([certificate, key], texts =>
        {
            var read = PemCertificate.Load(new PemFile(certificate, texts[0]), new PemFile(key, texts[1]));
            return _files is { Value: { } current } ? Successor(current, read, time.GetUtcNow()) : read;
        });
    }

    /// <summary>The certificate of this moment.</summary>
    public ServerCertificate Current => _files.Value;

    /// <summary>When it runs out.</summary>
    public CertificateInUse InUse => new(CertificateInUse.Public, _file.Origin, new DateTimeOffset(Current.Leaf.NotAfter));

    private string Until => Current.Leaf.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads what <c>httpsConfig</c> names.</summary>
    /// <param name="config">What names the files.</param>
    /// <param name="folder">Where relative paths count from.</param>
    /// <param name="time">The clock that a new certificate is held against.</param>
    /// <exception cref="StartupException">They are of no use.</exception>
    public static PublicCertificate Load(SecureEndpointConfig config, string folder, TimeProvider time)
    {
        return new PublicCertificate(Named("ssl_cert_file", config.CertificateFile), Named("ssl_key_file", config.KeyFile), time);

        NamedFile Named(string name, string? path) => path is not null
            ? new NamedFile($"{config.Endpoint.Origin}.{name}", Path.GetFullPath(path, folder))
            : throw new StartupException(
                $"{config.Endpoint.Origin}.{name} is missing; name a PEM file, or remove httpsConfig to do without https.");
    }

    /// <inheritdoc/>
    public RereadNews? Reread()
    {
        if (_files.Reread(out var fault))
            return new RereadNews(IsTaken: true, $"{_file.Origin} is {_file.Path}, which has changed: new connections get its certificate, which holds until {Until}.");
        return fault is null ? null : new RereadNews(IsTaken: false, $"{fault} The certificate of before goes on, which holds until {Until}.");
    }

    /// <summary>One that every peer would refuse does not take the place of one that holds.</summary>
    private ServerCertificate Successor(ServerCertificate current, ServerCertificate next, DateTimeOffset now)
    {
        if (!Holds(current, now) || Holds(next, now))
            return next;

        throw _file.Refuse(string.Create(
            CultureInfo.InvariantCulture,
            $"holds a certificate for the time from {next.Leaf.NotBefore.ToUniversalTime():u} to {next.Leaf.NotAfter.ToUniversalTime():u}, which is not now; put one there that holds"));
    }

    private static bool Holds(ServerCertificate certificate, DateTimeOffset now) =>
        new DateTimeOffset(certificate.Leaf.NotBefore) <= now && now <= new DateTimeOffset(certificate.Leaf.NotAfter);
}
