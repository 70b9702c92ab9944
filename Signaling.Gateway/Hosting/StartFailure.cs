using System.Net;
using System.Net.Sockets;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Hosting;

/// <summary>Says in a sentence why the application did not start.</summary>
internal static class StartFailure
{
    /// <summary>Where a socket error carries the <see cref="IPEndPoint"/> that could not be bound.</summary>
    public const string EndPoint = "Signaling.EndPoint";

    public static StartupException Explain(Exception error, GatewayConfiguration configuration)
    {
        var cause = error.GetBaseException();
        if (cause is SocketException socket && socket.Data[EndPoint] is IPEndPoint endPoint)
        {
            var config = configuration.Endpoints.Select(endpoint => endpoint.Config).First(c => c.Port == endPoint.Port);
            var how = configuration.Path is null ? " by the environment variable PORT or in a config.json" : "";
            return new StartupException(ExplainBinding(socket.SocketErrorCode, config, how), error);
        }

        return new StartupException($"The service did not start: {cause.Message}", error);
    }

    private static string ExplainBinding(SocketError error, EndpointConfig config, string how) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{config.PortOrigin} is {config.Port}, a port that is in use; stop the program that has it, or choose another{how}.",
        SocketError.AccessDenied =>
            $"{config.PortOrigin} is {config.Port}, a port that this user may not use; choose one from 1024 on, or give the " +
            "program the right to (on Linux: setcap cap_net_bind_service=+ep on the program file).",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
            $"{config.Origin}.host is \"{config.Host}\", which is no address of this machine; use one of its own, or leave it " +
            "out to listen on all.",
        _ => $"{config.PortOrigin} is {config.Port}, which can't be listened on: {new SocketException((int)error).Message}.",
    };
}
