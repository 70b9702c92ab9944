using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>coturn's own client.</summary>
internal static class TurnClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Has it relay some packets through a server of this machine.</summary>
    /// <returns>Whether all came back.</returns>
    public static async Task<bool> RelaysAsync(int port, string user, string password)
    {
        var start = new ProcessStartInfo("turnutils_uclient", ["-u", user, "-w", password, "-p", $"{port}", "-y", "-c", "-n", "1", "-m", "1", "-e", "127.0.0.1", "127.0.0.1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var client = Process.Start(start)!;
        var (output, error) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        using var late = new CancellationTokenSource(Patience);
        await client.WaitForExitAsync(late.Token);
        await error;
        return (await output).Contains("Total lost packets 0 ", StringComparison.Ordinal);
    }

    /// <summary>Waits until a server listens on a port.</summary>
    public static Task WaitForAsync(int port) => Peers.Eventually.BecomesAsync(() => Listens(port), listens => listens, Patience);

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
