using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Hosting;

/// <summary>
/// The sockets to listen with, bound before anything else starts: a node whose port is taken must not join a cluster
/// first. They listen, and peers get through, only when Kestrel starts.
/// </summary>
internal sealed class ListenSockets : IDisposable
{
    private readonly Dictionary<IPEndPoint, Socket> _sockets = [];

    /// <summary>Binds one.</summary>
    /// <returns>What it is bound to, with the port that was taken where the configuration leaves it open.</returns>
    /// <exception cref="StartupException">It can't be bound.</exception>
    public IPEndPoint Bind(ListenEndpoint endpoint, string anotherPort)
    {
        try
        {
            var socket = endpoint.Address is { } address ? Bind(address, endpoint.Config.Port) : BindAll(endpoint.Config.Port);
            var bound = (IPEndPoint)socket.LocalEndPoint!;
            _sockets.Add(bound, socket);
            return bound;
        }
        catch (SocketException error)
        {
            throw new StartupException(Explain(error, endpoint.Config, anotherPort), error);
        }
    }

    /// <summary>
    /// Makes sure that the node can listen for other nodes, since what Akka would say is no sentence for the user. The port is
    /// bound again by Akka itself.
    /// </summary>
    /// <exception cref="StartupException">The port is in use, or the address is not one of this machine.</exception>
    public static void CheckNodePort(NodeOptions node)
    {
        if (node.IsAlone || !IPAddress.TryParse(node.ListenHost ?? node.Host, out var address))
            return;

        try
        {
            using var socket = Bind(address, node.Port);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartupException(
                $"signaling.node.port is {node.Port}, a port that is in use; stop the program that has it, or choose another.", error);
        }
        catch (SocketException error) when (IsNoAddressOfThisMachine(error))
        {
            throw new StartupException(node.ListenHost is { } listenHost
                ? $"signaling.node.listenHost is \"{listenHost}\", which is no address of this machine; use one of its own, or " +
                  "0.0.0.0 to listen on all."
                : $"signaling.node.host is \"{node.Host}\", which is no address of this machine; where the other nodes reach it " +
                  "under that one all the same, set signaling.node.listenHost to one of its own, or to 0.0.0.0 to listen on all.",
                error);
        }
    }

    /// <summary>Hands a bound socket over to Kestrel, which closes it in the end.</summary>
    public Socket Take(EndPoint bound) => _sockets.Remove((IPEndPoint)bound, out var socket)
        ? socket
        : throw new InvalidOperationException($"Nothing was bound to {bound}.");

    /// <summary>Closes those that were not taken.</summary>
    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
    }

    private static Socket BindAll(int port)
    {
        try
        {
            return Bind(IPAddress.IPv6Any, port);
        }
        catch (SocketException error) when (IsNoAddressOfThisMachine(error))
        {
            return Bind(IPAddress.Any, port); // no IPv6 here
        }
    }

    private static bool IsNoAddressOfThisMachine(SocketException error) => error.SocketErrorCode
        is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported;

    private static Socket Bind(IPAddress address, int port) =>
        SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(address, port));

    private static string Explain(SocketException error, EndpointConfig config, string anotherPort) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{config.PortOrigin} is {config.Port}, a port that is in use; stop the program that has it, or {anotherPort}.",
        SocketError.AccessDenied =>
            $"{config.PortOrigin} is {config.Port}, a port that this user may not use; take one from 1024 on, or give the " +
            "program the right to (on Linux: setcap cap_net_bind_service=+ep on the program file).",
        _ when IsNoAddressOfThisMachine(error) =>
            $"{config.Origin}.host is \"{config.Host}\", which is no address of this machine; use one of its own, or leave it " +
            "out to listen on all.",
        _ => $"{config.PortOrigin} is {config.Port}, which can't be listened on: {error.Message}.",
    };
}
