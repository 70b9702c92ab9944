using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Hosting;

/// <summary>Makes Kestrel listen where the configuration says.</summary>
internal static class KestrelEndpoints
{
    public static void AddKestrelEndpoints(this IServiceCollection services, IReadOnlyList<ListenEndpoint> endpoints)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var endpoint in endpoints)
                Listen(kestrel, endpoint);
        });
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Bind);
    }

    private static void Listen(KestrelServerOptions kestrel, ListenEndpoint endpoint)
    {
        if (endpoint.Address is { } address)
            kestrel.Listen(address, endpoint.Config.Port, Configure);
        else
            kestrel.ListenAnyIP(endpoint.Config.Port, Configure);

        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1; // a WebSocket of the known clients begins with an HTTP/1.1 upgrade
            if (endpoint.Certificate is { } certificate)
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(
                        new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }),
                });
        }
    }

    private static Socket Bind(EndPoint endPoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException error)
        {
            // The exception itself does not say what could not be bound.
            error.Data[StartFailure.EndPoint] = endPoint;
            throw;
        }
    }
}
