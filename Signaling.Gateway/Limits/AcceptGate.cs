using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Limits;

/// <summary>
/// Drops connections of a client address that has far too many, or makes them far too often, before anything is done for them: TLS,
/// HTTP or an answer. Of proxies it takes as many as come.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="proxies">The proxies that are trusted, whose address is not their peers'.</param>
/// <param name="metrics">Where it is counted.</param>
internal sealed class AcceptGate(LimitsInForce limits, IReadOnlyCollection<IPNetwork> proxies, SocketMetrics metrics) : IDisposable
{
    private readonly AddressRates? _rates = limits.Connections is { } rate ? new AddressRates(rate) : null;
    private readonly Seats<ClientAddress>? _seats =
        limits.ConnectionsPerAddress < int.MaxValue ? new Seats<ClientAddress>(limits.ConnectionsPerAddress) : null;

    /// <summary>Puts it before all that an endpoint does.</summary>
    public void Use(ListenOptions listen)
    {
        if (_rates is not null || _seats is not null)
            listen.Use(next => connection => ServeAsync(connection, next));
    }

    public void Dispose() => _rates?.Dispose();

    private Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IsProxy(address))
            return next(connection);

        var client = ClientAddress.Of(address);
        if (_rates?.TryTake(client) is false)
            return Drop(connection, LimitNames.ConnectionsPerSecond);
        if (_seats is null)
            return next(connection);
        return _seats.TryTake(client) ? ServeAsync(connection, next, client, _seats) : Drop(connection, LimitNames.ConnectionsPerAddress);
    }

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, ClientAddress client, Seats<ClientAddress> seats)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            seats.Return(client);
        }
    }

    private Task Drop(ConnectionContext connection, string limit)
    {
        metrics.LimitReached(limit);
        connection.Abort(new ConnectionAbortedException("Its address has too many connections."));
        return Task.CompletedTask;
    }

    private bool IsProxy(IPAddress address)
    {
        if (proxies.Count == 0)
            return false;

        var plain = address.Plain();
        return proxies.Any(net => net.Contains(plain));
    }
}
