using System.Net.Sockets;
using System.Text;

namespace Signaling.Tests.Peers;

/// <summary>HTTP/1.1 as no client of manners would speak it.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request just as it stands and returns the head of the answer.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var late = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, late.Token);
        return await AskAsync(client.GetStream(), request, late.Token);
    }

    /// <summary>Sends requests, the last of which ends the connection, and returns all that comes.</summary>
    public static async Task<string> SendLastAsync(Uri server, string requests)
    {
        using var late = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, late.Token);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(requests), late.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(late.Token);
    }

    /// <summary>Sends a request and reads nothing but the head of the answer.</summary>
    public static async Task<string> AskAsync(Stream stream, string request, CancellationToken late)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), late);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, late);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
