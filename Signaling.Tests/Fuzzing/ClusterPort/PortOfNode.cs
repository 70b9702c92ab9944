using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>The port of a node over loopback, without its cluster: what Akka would be told is noted.</summary>
internal sealed class PortOfNode : IAssociationEventListener, IAsyncDisposable
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private readonly ConcurrentDictionary<string, Recorder> _inbound = new(StringComparer.Ordinal);
    private readonly ActorSystem _system;
    private readonly NodeTransport _transport;

    public PortOfNode(IHandshake handshake)
    {
        var options = Options.Create(new SignalingOptions());
        var setup = new NodeTransportSetup(
            handshake, PlainPort.Contract(), new Disagreements(options), new ClusterPortMetrics(Meters), Log, new FakeTimeProvider());
        _system = ActorSystem.Create("signaling", ActorSystemSetup.Create(setup, BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF"))));
        _transport = new NodeTransport(_system, ConfigurationFactory.ParseString(string.Create(
            CultureInfo.InvariantCulture, $"hostname = 127.0.0.1, port = 0, connection-timeout = 4s, maximum-frame-size = {PlainPort.Longest}b")));
    }

    /// <summary>Who has come in, by its address and port.</summary>
    public IReadOnlyDictionary<string, Recorder> Inbound => _inbound;

    /// <summary>Its log.</summary>
    public PortWatch Log { get; } = new();

    /// <summary>Where it is.</summary>
    public Address Address { get; private set; } = null!;

    public IPEndPoint EndPoint => new(IPAddress.Parse(Address.Host), Address.Port!.Value);

    /// <summary>Says what is told to who has come in with a message; null: nobody.</summary>
    public Action<byte[]>? Heard { get; set; }

    public async Task ListenAsync()
    {
        (Address, var ready) = await _transport.Listen();
        ready.SetResult(this);
    }

    /// <summary>Goes to another node, or to who is there in place of one.</summary>
    /// <param name="other">Where it is.</param>
    /// <param name="recorder">What hears it.</param>
    /// <exception cref="InvalidAssociationException">It is no node of the cluster.</exception>
    public async Task<AssociationHandle> GoToAsync(IPEndPoint other, Recorder recorder)
    {
        var association = await _transport.Associate(new Address(Address.Protocol, Address.System, other.Address.ToString(), other.Port));
        association.Write(ByteString.CopyFrom(NodeWords.Associate));
        association.ReadHandlerSource.SetResult(recorder);
        return association;
    }

    /// <summary>Forgets who has come in.</summary>
    public void Forget(string who) => _inbound.TryRemove(who, out _);

    public void Notify(IAssociationEvent ev)
    {
        var association = ((InboundAssociation)ev).Association;
        var recorder = new Recorder(Heard);
        _inbound[$"{association.RemoteAddress.Host}:{association.RemoteAddress.Port}"] = recorder;
        association.Write(ByteString.CopyFrom(NodeWords.Associate)); // first, for its other end may have ended already
        association.ReadHandlerSource.SetResult(recorder);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.Shutdown();
        await _system.Terminate();
    }
}
