using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>
/// A peer's connection: the shell of a <see cref="ConnectionState"/>. It alone writes to the peer's socket. It lives
/// from the socket's acceptance until what the peer said before it closed is done.
/// <code>
/// Serving ──state stops──▶ Leaving ──own mailbox empty──▶ gone
/// </code>
/// </summary>
public sealed class ConnectionActor : UntypedActor, IConnectionEffects
{
    private readonly IPost _post;
    private readonly IActorRef _addresses;
    private readonly IPeerSocket _socket;
    private readonly ConnectionUid _uid;
    private readonly ConnectionState _state;
    private ICancelable? _tick;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public ConnectionActor(IPost post, IActorRef addresses, IPeerSocket socket, App app)
    {
        _post = post;
        _addresses = addresses;
        _socket = socket;
        _uid = new ConnectionUid(post.Node, post.Register(Self));
        _state = new ConnectionState(_uid, app, this);
    }

    private static long Now => (long)Context.System.Scheduler.MonotonicClock.TotalMilliseconds;

    /// <summary>How to make one.</summary>
    /// <param name="post">Delivers its letters.</param>
    /// <param name="addresses">The shard region of the addresses.</param>
    /// <param name="socket">The peer's socket.</param>
    /// <param name="app">The app that the peer has asked for.</param>
    public static Props Props(IPost post, IActorRef addresses, IPeerSocket socket, App app) =>
        Akka.Actor.Props.Create(() => new ConnectionActor(post, addresses, socket, app));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case byte[] frame:
                _state.Receive(frame, Now);
                break;
            case ILetter letter:
                _state.Receive(letter, Now);
                break;
            case Tick:
                _tick = null;
                _state.Tick(Now);
                break;
            case PeerClosed:
                _state.PeerClosed(Now);
                break;
            case NodeLost lost:
                _state.NodeLost(lost.Node);
                break;
            default:
                Unhandled(message);
                return;
        }

        if (_state.NeedsTick && _tick is null)
        {
            _tick = Context.System.Scheduler.ScheduleTellOnceCancelable(
                TimeSpan.FromMilliseconds(ConnectionState.TickInterval), Self, Tick.Instance, Self);
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _tick?.Cancel();

        // Reached with the connection still open only when this actor has failed or the node goes down.
        _post.Unregister(_uid.Number);
        _socket.Close(CloseStatus.GoingAway, "Server stopped");
    }

    void IConnectionEffects.Write(ReadOnlyMemory<byte> frame) => _socket.Send(frame);

    void IConnectionEffects.Request(IAddressRequest request) => _addresses.Tell(request, Self);

    void IConnectionEffects.Tell(ConnectionUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void IConnectionEffects.Tell(AddressUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void IConnectionEffects.Consumed(int bytes) => _socket.Consumed(bytes);

    void IConnectionEffects.Ignored(IgnoredMessage reason) => _socket.Ignored(reason);

    void IConnectionEffects.Stop()
    {
        _post.Unregister(_uid.Number);
        _socket.Close(CloseStatus.Normal, "Done");
        Become(Leaving);
        Self.Tell(PoisonPill.Instance);
    }

    // Letters that came before the number was withdrawn get the answer that later ones get.
    private void Leaving(object message)
    {
        if (message is ILetter letter)
            _post.Send(_uid.Node, _uid.Number, letter, Sender);
    }

    /// <summary>The peer's socket hands over nothing more.</summary>
    internal sealed class PeerClosed
    {
        public static readonly PeerClosed Instance = new();

        private PeerClosed()
        {
        }
    }
}
