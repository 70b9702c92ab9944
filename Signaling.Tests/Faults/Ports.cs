using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Faults;

/// <summary>
/// Ports that stay a process' own while it is down: outside the range that the system takes those of clients from.
/// </summary>
internal static class Ports
{
    private const int First = 15_000;
    private const int Last = 30_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port that nobody has, on no address of this machine, nor gets by this.</summary>
    public static int Take()
    {
        lock (Given)
        {
            while (true)
            {
                var port = Random.Shared.Next(First, Last);
                if (IsFree(port) && Given.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
