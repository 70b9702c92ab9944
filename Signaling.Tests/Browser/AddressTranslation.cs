using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Browser;

/// <summary>A NAT before a server for UDP: whoever sends to it is seen there under another port than its own.</summary>
internal sealed class AddressTranslation : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly UdpClient _outside = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<IPEndPoint, UdpClient> _inside = new();
    private readonly ConcurrentBag<Task> _answers = [];
    private readonly IPEndPoint _server;
    private readonly Task _questions;

    public AddressTranslation(int port)
    {
        _server = new IPEndPoint(IPAddress.Loopback, port);
        _questions = PassOnAsync(_outside, async (datagram, token) =>
        {
            var own = _inside.GetOrAdd(datagram.RemoteEndPoint, Open);
            await own.SendAsync(datagram.Buffer, _server, token);
        });
    }

    /// <summary>The port that takes the place of the server's.</summary>
    public int Port => ((IPEndPoint)_outside.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll([_questions, .. _answers]);
        _outside.Dispose();
        foreach (var own in _inside.Values)
            own.Dispose();
        _end.Dispose();
    }

    private UdpClient Open(IPEndPoint sender)
    {
        var own = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _answers.Add(PassOnAsync(own, async (datagram, token) => await _outside.SendAsync(datagram.Buffer, sender, token)));
        return own;
    }

    private async Task PassOnAsync(UdpClient from, Func<UdpReceiveResult, CancellationToken, Task> send)
    {
        try
        {
            while (true)
                await send(await from.ReceiveAsync(_end.Token), _end.Token);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (SocketException)
        {
            // Who asked is gone, and nobody waits for more.
        }
    }
}
