using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.Transport;

/// <summary>
/// Kestrel's transport on Linux: a thread hears of many sockets at once, and does all that follows on its own. See
/// docs/decisions/0027-own-transport.md for what it saves, and why it is there at all.
/// </summary>
/// <param name="bind">Makes a socket that is bound to an endpoint.</param>
internal sealed class EpollTransport(Func<EndPoint, Socket> bind) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Whether it can be used here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = bind(endpoint);
        socket.Listen();
        return ValueTask.FromResult<IConnectionListener>(new EpollListener(socket));
    }
}
