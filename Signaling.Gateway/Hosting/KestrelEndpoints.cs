using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;
using Signaling.Gateway.Transport;
using Signaling.Gateway.WebSockets;

namespace Signaling.Gateway.Hosting;

/// <summary>Makes Kestrel listen where the configuration says.</summary>
internal static class KestrelEndpoints
{
    /// <returns>The port of the internal endpoint, if there is one.</returns>
    public static int? AddKestrelEndpoints(
        this IServiceCollection services, GatewayConfiguration configuration, ListenSockets sockets)
    {
        var anotherPort = configuration.Path is null ? "set another by the environment variable PORT" : "choose another";
        int? internalPort = null;
        var settings = configuration.Settings;
        if (settings.Proxies.AddressesAreKnown)
        {
            services.AddSingleton(provider => new AcceptGate(
                provider.GetRequiredService<LimitsInForce>(), [.. settings.Proxies.Nets], provider.GetRequiredService<SocketMetrics>()));
        }

        foreach (var endpoint in configuration.Endpoints)
        {
            var bound = sockets.Bind(endpoint, anotherPort);
            internalPort = endpoint.IsInternal ? bound.Port : internalPort;
            services.Configure<KestrelServerOptions>(
                kestrel => kestrel.Listen(bound, listen => Configure(listen, endpoint)));
        }

        services.AddOptions<KestrelServerOptions>().Configure<LimitsInForce>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Set(limits, settings.Strict);
        });
        services.Configure<SocketTransportOptions>(transport =>
        {
            transport.CreateBoundListenSocket = sockets.Take;

            // A peer's bytes are dealt with on the thread that has received them.
            transport.UnsafePreferInlineScheduling = true;
        });
        if (EpollTransport.IsSupported && settings.Sockets.Epoll)
            services.AddSingleton<IConnectionListenerFactory>(new EpollTransport(sockets.Take));
        return internalPort;
    }

    private static void Configure(ListenOptions listen, ListenEndpoint endpoint)
    {
        listen.Protocols = HttpProtocols.Http1; // a WebSocket of the known clients begins with an HTTP/1.1 upgrade
        if (!endpoint.IsInternal)
            listen.ApplicationServices.GetService<AcceptGate>()?.Use(listen);
        if (endpoint.Certificate is { } certificate)
        {
            var tls = new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(
                    new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current.Context }),
            };
            if (listen.ApplicationServices.GetRequiredService<LimitsInForce>().HandshakeTime is { } most)
                tls.HandshakeTimeout = most;
            listen.UseHttps(tls);
        }

        var memory = listen.ApplicationServices.GetRequiredService<CrowdMemory>();
        Handover.Use(listen, memory.ConnectionCame, memory.ConnectionWent);
    }
}
