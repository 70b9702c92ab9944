using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// Akka's remoting over sockets, in place of its own transport: that wakes two threads for each message that it sends and two
/// for each that comes, and with TLS it ends the whole node when one handshake that it began comes to nothing. It frames messages
/// alike and reads the same settings, those of <c>akka.remote.dot-netty.tcp</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Akka shuts it down.")]
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it, by the name in its configuration.")]
internal sealed class NodeTransport : Akka.Remote.Transport.Transport
{
    private const int Backlog = 512;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger;
    private readonly IHandshake _handshake;
    private readonly ClusterContract _contract;
    private readonly Disagreements _disagreements;
    private readonly Refusals _refusals;
    private readonly int _longest;
    private readonly TimeSpan _patienceToConnect;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connections = [];
    private readonly HashSet<NodeAssociation> _associations = new(ReferenceEqualityComparer.Instance);
    private Socket? _listener;
    private Address? _address;
    private bool _closed;

    /// <param name="system">The node's actor system, with a <see cref="NodeTransportSetup"/>.</param>
    /// <param name="config">Its settings of <c>akka.remote.dot-netty.tcp</c>.</param>
    public NodeTransport(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        _longest = (int)(config.GetByteSize("maximum-frame-size", null) ?? throw new ConfigurationException("maximum-frame-size is not set."));
        MaximumPayloadBytes = _longest;
        _patienceToConnect = config.GetTimeSpan("connection-timeout");
        var setup = system.Settings.Setup.Get<NodeTransportSetup>().Value;
        _logger = setup.Logger;
        _handshake = setup.Handshake;
        SchemeIdentifier = _handshake.Scheme;
        _contract = setup.Contract;
        _contract.Add(system.Settings.Config);
        _disagreements = setup.Disagreements;
        _refusals = setup.Refusals;
    }

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var host = Config.GetString("hostname");
        var ip = await ResolveAsync(host);
        _listener = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (ip.Equals(IPAddress.IPv6Any))
            _listener.DualMode = true; // :: is all addresses, as for peers
        _listener.Bind(new IPEndPoint(ip, Config.GetInt("port")));
        _listener.Listen(Backlog);

        var known = Config.GetString("public-hostname") is { Length: > 0 } name ? name : host;
        var port = Config.GetInt("public-port") is > 0 and var other ? other : ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _address = AddressOf(known, port);

        // Until Akka is ready, who comes waits in the backlog.
        var ready = new TaskCompletionSource<IAssociationEventListener>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ListenAsync(_listener, ready.Task);
        return (_address, ready);
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var peer = $"{remoteAddress.Host}:{remoteAddress.Port}";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await ConnectAsync(socket, remoteAddress, patience.Token);
            return Begin(await _handshake.GoInAsync(socket, remoteAddress.Host, patience.Token), remoteAddress, peer, isDialled: true);
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (error is RefusedException refused)
                Distrust(peer, refused);
            var reason = error is OperationCanceledException ? "it has not answered in time" : error.Message;
            var cause = error is SocketException or OperationCanceledException or RefusedException ? null : error; // Akka shows it at length
            throw new InvalidAssociationException($"{peer} is not reached: {reason}", cause);
        }
    }

    public override async Task<bool> Shutdown()
    {
        Task[] connections;
        lock (_gate)
        {
            _closed = true;
            foreach (var association in _associations)
                association.Leave();
            connections = [.. _connections];
        }

        _listener?.Dispose();
        var all = Task.WhenAll(connections);
        return await Task.WhenAny(all, Task.Delay(Farewell)) == all;
    }

    private async Task ConnectAsync(Socket socket, Address remote, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patienceToConnect);
        await socket.ConnectAsync(EndPointOf(remote), patience.Token);
    }

    private async Task ListenAsync(Socket listener, Task<IAssociationEventListener> ready)
    {
        var akka = await ready;
        await new Doorway(listener, _handshake, _contract, _refusals, _logger).OpenAsync((connection, peer) =>
            akka.Notify(new InboundAssociation(Begin(connection, AddressOf(peer.Address.ToString(), peer.Port), peer.ToString(), isDialled: false))));
    }

    private NodeAssociation Begin(ConnectionContext connection, Address remote, string peer, bool isDialled)
    {
        var association = new NodeAssociation(_address!, remote, connection, _contract, isDialled, _longest);
        lock (_gate)
        {
            if (_closed)
                association.Leave();
            var running = RunAsync(association, peer);
            _associations.Add(association);
            _connections.Add(running);
            _ = running.ContinueWith(Forget, association, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return association;
    }

    private void Forget(Task running, object? association)
    {
        lock (_gate)
        {
            _connections.Remove(running);
            _associations.Remove((NodeAssociation)association!);
        }
    }

    private async Task RunAsync(NodeAssociation association, string peer)
    {
        // Where the network or the other process broke it, Akka says so. This is for what either end had against the other, of
        // which the dialling side hears only after its handshake.
        var cause = (await association.RunAsync())?.GetBaseException();
        if (cause is RefusedException refused)
        {
            Distrust(peer, refused);
            return;
        }

        if (association is { IsDialled: true, WasHeard: true })
            _disagreements.Remove(peer);
        var reason = association is { IsDialled: true, WasHeard: false, WasLeft: false }
            ? "it hung up at once, as a node does that refuses a certificate; see its log"
            : cause is null or SocketException or OperationCanceledException ? null : cause.Message.TrimEnd('.');
        if (reason is not null && _refusals.IsDue(association.RemoteAddress.Host, out var more))
            TransportLog.Broken(_logger, peer, reason, more);
    }

    private void Distrust(string peer, RefusedException refused)
    {
        if (refused.IsDisagreement)
            _disagreements.Add(peer, refused.Message);
        if (_refusals.IsDue($"{peer} {refused.Kind}", out var more))
            TransportLog.Distrusted(_logger, peer, refused.Message, more);
    }

    private Address AddressOf(string host, int port) =>
        new(SchemeIdentifier, System.Name, host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host, port);

    private static EndPoint EndPointOf(Address remote) => IPAddress.TryParse(remote.Host, out var ip)
        ? new IPEndPoint(ip, remote.Port!.Value)
        : new DnsEndPoint(remote.Host, remote.Port!.Value);

    private static async Task<IPAddress> ResolveAsync(string host)
    {
        if (IPAddress.TryParse(host, out var ip))
            return ip;

        var all = await Dns.GetHostAddressesAsync(host);
        return Array.Find(all, one => one.AddressFamily == AddressFamily.InterNetwork) ?? all[0];
    }
}
