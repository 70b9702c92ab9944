using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Actors.Connections;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Hosting;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Node;

namespace Signaling.Benchmarks.Rigs;

/// <summary>Two connections that an address has linked, on a node with all its actors, and no sockets: the actors' part of the relay path.</summary>
public sealed class ActorPair : IAsyncDisposable
{
    private const short GuestsId = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IHost _host;
    private readonly byte[] _message;
    private FakeSocket _holderSocket = null!;
    private IConnection _guest = null!;
    private long _heard;

    private ActorPair(IHost host, int size)
    {
        _host = host;
        _message = Frame.Of(EventType.ReliableMessageReceived, GuestsId, new byte[size]);
    }

    /// <summary>Starts the node and links them.</summary>
    /// <param name="size">Bytes of data in a message.</param>
    public static async Task<ActorPair> StartAsync(int size)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(NodeHocon.SystemName, akka => akka.AddHocon(NodeHocon.Load(new NodeOptions()), HoconAddMode.Prepend).WithSignaling());
        var pair = new ActorPair(builder.Build(), size);
        await pair.LinkAsync();
        return pair;
    }

    /// <summary>Lets the guest say so many messages at once, and waits until the holder has all.</summary>
    public void Relay(int messages)
    {
        Chain.Begin(
            static said =>
            {
                for (var i = 0; i < said.Messages; i++)
                    said.Guest.Receive((byte[])said.Message.Clone()); // a connection owns what it is handed
            },
            (Guest: _guest, Message: _message, Messages: messages));
        _holderSocket.Await(_heard += messages);
    }

    /// <summary>Stops the node.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task LinkAsync()
    {
        await _host.StartAsync();
        var system = _host.Services.GetRequiredService<ActorSystem>();
        var cluster = Akka.Cluster.Cluster.Get(system);
        await cluster.JoinAsync(cluster.SelfAddress);
        while (!SignalingActors.LeaseOf(system).IsHeld)
            await Task.Delay(Pause);

        var (connections, app) = (SignalingActors.ConnectionsOf(system), new App("/callapp", AddressSharing: false));
        (_holderSocket, var guestSocket) = (new FakeSocket(), new FakeSocket());
        var holder = connections.Open(_holderSocket, app, PeerRights.All);
        _guest = connections.Open(guestSocket, app, PeerRights.All);
        Say(holder, Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "room"));
        _holderSocket.Await(1);
        Expect(EventType.ServerInitialized, _holderSocket);
        Say(_guest, Frame.Of(EventType.NewConnection, GuestsId, "room"));
        guestSocket.Await(1);
        Expect(EventType.NewConnection, guestSocket);
        _holderSocket.Await(_heard = 2);
    }

    private static void Say(IConnection connection, byte[] message) => connection.Receive(message);

    private static void Expect(EventType type, FakeSocket socket)
    {
        if (socket.Last.Span[0] != (byte)type)
            throw new InvalidOperationException($"{Convert.ToHexString(socket.Last.Span)} came, not a message of type {type}.");
    }
}
