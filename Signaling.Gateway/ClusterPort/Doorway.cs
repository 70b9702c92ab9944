using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// The port that other nodes come in by. A stranger gets as far as the handshake, and holds nothing up: handshakes have
/// their time, and so many of them go on at once, from one address and from all.
/// </summary>
internal sealed class Doorway(Socket listener, IHandshake handshake, Refusals refusals, ILogger logger)
{
    /// <summary>How many handshakes may go on at once.</summary>
    public const int Most = 256;

    /// <summary>How many of them with one address.</summary>
    public const int MostOfOne = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _waiting = [];
    private int _all;

    /// <summary>Lets nodes in until the listener is closed.</summary>
    /// <param name="welcome">Takes those that have got in.</param>
    public async Task OpenAsync(Action<ConnectionContext, IPEndPoint> welcome)
    {
        while (true)
        {
            try
            {
                _ = AdmitAsync(await listener.AcceptAsync(), welcome);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException error) // such as no descriptors left
            {
                if (refusals.IsDue(nameof(Doorway), out _))
                    TransportLog.Strained(logger, error.Message);
                await Task.Delay(Breath);
            }
        }
    }

    private async Task AdmitAsync(Socket socket, Action<ConnectionContext, IPEndPoint> welcome)
    {
        if (socket.RemoteEndPoint is not IPEndPoint peer)
        {
            socket.Dispose();
            return;
        }

        var address = peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address;
        peer = new IPEndPoint(address, peer.Port);
        if (!TryBegin(address))
        {
            socket.Dispose();
            Refuse(peer, "too many are at the door at once");
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience);
            socket.NoDelay = true;
            if (await handshake.LetInAsync(socket, patience.Token) is { } connection)
            {
                welcome(connection, peer);
                return;
            }

            TransportLog.Silent(logger, peer.ToString());
        }
        catch (RefusedException refused)
        {
            Refuse(peer, refused.Message);
        }
        catch (OperationCanceledException)
        {
            Refuse(peer, $"it has not finished its TLS handshake within {Patience.TotalSeconds} s");
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or AuthenticationException)
        {
            TransportLog.Silent(logger, peer.ToString());
        }
        finally
        {
            End(address);
        }

        socket.Dispose();
    }

    private void Refuse(IPEndPoint peer, string reason)
    {
        if (refusals.IsDue(peer.Address.ToString(), out var more))
            TransportLog.Refused(logger, peer.ToString(), reason, more);
    }

    private bool TryBegin(IPAddress address)
    {
        lock (_gate)
        {
            var waiting = _waiting.GetValueOrDefault(address);
            if (_all >= Most || waiting >= MostOfOne)
                return false;

            _all++;
            _waiting[address] = waiting + 1;
            return true;
        }
    }

    private void End(IPAddress address)
    {
        lock (_gate)
        {
            _all--;
            if (--_waiting[address] == 0)
                _waiting.Remove(address);
        }
    }
}
