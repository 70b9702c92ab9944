using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// A handshake within this process. A certificate can be read and have its key, and yet be one that TLS does not take: its key is too
/// short for this machine, say. That would show only when all peers are refused.
/// </summary>
internal static class TrialHandshake
{
    /// <summary>Shakes hands.</summary>
    /// <param name="certificate">What the server's side shows.</param>
    /// <returns>Why that failed; null: it has not.</returns>
    public static string? FaultOf(ServerCertificate certificate)
    {
        try
        {
            Task.Run(() => ShakeAsync(certificate)).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception e) when (e is AuthenticationException or CryptographicException or IOException or NotSupportedException)
        {
            return e.GetBaseException().Message.TrimEnd('.');
        }
    }

    private static async Task ShakeAsync(ServerCertificate certificate)
    {
        var (forth, back) = (new Pipe(), new Pipe());
        await using var server = new SslStream(new Line(forth.Reader, back.Writer));
        await using var client = new SslStream(new Line(back.Reader, forth.Writer));
        var (served, answered) = (
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Leaf.Equals(shown), // who trusts it is not asked here
                AllowTlsResume = false,
            }));
        await await Task.WhenAny(served, answered); // the other may wait for ever where one has failed
        await Task.WhenAll(served, answered);
    }

    /// <summary>One end of a connection in memory.</summary>
    private sealed class Line(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _in = reader.AsStream();
        private readonly Stream _out = writer.AsStream();

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _out.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _out.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _in.Dispose();
            _out.Dispose();
            base.Dispose(disposing);
        }
    }
}
