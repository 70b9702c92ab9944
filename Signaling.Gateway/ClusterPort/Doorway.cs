using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.Transport;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// The port that other nodes come in by. A stranger gets as far as the handshake and its first words, and holds nothing up: they
/// have their time, and so many go on at once, from one address and from all.
/// </summary>
internal sealed class Doorway(Socket listener, IHandshake handshake, ClusterContract contract, Refusals refusals, ILogger logger)
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

        var address = peer.Address.Plain();
        peer = new IPEndPoint(address, peer.Port);
        if (!TryBegin(address))
        {
            socket.Dispose();
            Refuse(peer, Refusal.Crowd, "too many are at the door at once");
            return;
        }

        ConnectionContext? connection = null;
        var isLetIn = false;
        try
        {
            connection = await ShakeHandsAsync(socket);
            isLetIn = connection is not null && await AgreesAsync(connection);
            if (!isLetIn)
            {
                refusals.Count(Refusal.Silent);
                TransportLog.Silent(logger, peer.ToString());
            }
        }
        catch (RefusedException refused)
        {
            Refuse(peer, refused.Kind, refused.Message);
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or AuthenticationException or InvalidOperationException)
        {
            refusals.Count(Refusal.Silent);
            TransportLog.Silent(logger, peer.ToString());
        }
        finally
        {
            End(address);
        }

        if (isLetIn)
        {
            welcome(connection!, peer);
            return;
        }

        if (connection is not null)
            await connection.DisposeAsync();
        socket.Dispose();
    }

    private async Task<ConnectionContext?> ShakeHandsAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            socket.NoDelay = true;
            return await handshake.LetInAsync(socket, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new RefusedException(Refusal.Slow, $"it has not finished its TLS handshake within {Patience.TotalSeconds} s");
        }
    }

    /// <returns>Whether it is a node of this cluster; false: it has left without a word.</returns>
    private async Task<bool> AgreesAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (await FirstWords.PeekAsync(connection.Transport.Input, patience.Token) is not { } said)
                return false;

            contract.Check(said.Hello);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw new RefusedException(Refusal.Slow, $"it has not said within {Patience.TotalSeconds} s that it is a node");
        }
        catch (RefusedException refused) when (refused.IsDisagreement)
        {
            await TellAsync(connection);
            throw;
        }
    }

    // Its own log can say then what differs.
    private async Task TellAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await FirstWords.RefuseAsync(connection.Transport.Output, contract.Say(), patience.Token);
            if (connection is StreamConnection streams)
                await streams.EndOutputAsync();
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // It does not want to know.
        }
    }

    private void Refuse(IPEndPoint peer, Refusal kind, string reason)
    {
        if (refusals.IsDue(peer.Address.ToString(), kind, out var more))
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
