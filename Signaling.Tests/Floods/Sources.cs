using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Cluster;

namespace Signaling.Tests.Floods;

/// <summary>Where those who flood come from: addresses of this machine that nobody else uses.</summary>
internal static class Sources
{
    /// <summary>One address.</summary>
    public static IPAddress One => Of(0);

    /// <summary>The address number so.</summary>
    public static IPAddress Of(int number) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.{1 + (number / 250)}.{1 + (number % 250)}"));

    /// <summary>Connects from an address; null where the node lets it not, or drops it at once.</summary>
    public static async Task<Socket?> ConnectAsync(NodeProcess node, IPAddress from, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, node.WebSocket.Port, stop);
            return socket;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return null;
        }
    }
}
