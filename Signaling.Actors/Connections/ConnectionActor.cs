using Akka.Actor;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>
/// A peer's connection: the shell of a <see cref="ConnectionState"/>. It alone writes to the peer's socket. It lives
/// from the socket's acceptance until what the peer said before it closed has arrived.
/// <code>
/// Serving ──state stops──▶ Leaving ──own mailbox empty──▶ gone
/// </code>
/// </summary>
public sealed class ConnectionActor : UntypedActor, IConnectionEffects
{
    private static readonly Props Kind = LeanProps.Of<ConnectionActor>();

    private readonly IPost _post;
    private readonly ILease _lease;
    private readonly IActorRef _addresses;
    private readonly IPeerSocket _socket;
    private readonly ConnectionUid _uid;
    private readonly ConnectionState _state;
    private Alarm _alarm;
    private long _written;
    private bool _stopped;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public ConnectionActor(IPost post, ILease lease, IActorRef addresses, IPeerSocket socket, App app, PeerRights rights)
    {
        _post = post;
        _lease = lease;
        _addresses = addresses;
        _socket = socket;
        _uid = post.RegisterConnection(Self);
        _state = new ConnectionState(_uid, app, rights, this);
    }

    /// <summary>How to make one.</summary>
    /// <param name="post">Delivers its letters.</param>
    /// <param name="lease">The node's right to serve.</param>
    /// <param name="addresses">The shard region of the addresses.</param>
    /// <param name="socket">The peer's socket.</param>
    /// <param name="app">The app that the peer has asked for.</param>
    /// <param name="rights">What the peer may do there.</param>
    public static Props Props(IPost post, ILease lease, IActorRef addresses, IPeerSocket socket, App app, PeerRights rights) =>
        new LeanProps<(IPost Post, ILease Lease, IActorRef Addresses, IPeerSocket Socket, App App, PeerRights Rights)>(
            Kind,
            static its => new ConnectionActor(its.Post, its.Lease, its.Addresses, its.Socket, its.App, its.Rights),
            (post, lease, addresses, socket, app, rights));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (!_lease.IsHeld)
            return; // the node closes its sockets

        var now = Alarm.NowOf(Context);
        if (_socket.Written is var written && written != _written)
        {
            _written = written;
            _state.Written(written, now);
        }

        switch (message)
        {
            case byte[] frame:
                _state.Receive(frame, now);
                break;
            case ILetter letter:
                _state.Receive(letter, now);
                break;
            case DeniedMessage denied:
                _state.Deny(denied.Message, now);
                break;
            case SocketHasWritten:
                break;
            case Tick:
                _alarm.HasRung();
                _state.Tick(now);
                break;
            case PeerClosed:
                _state.PeerClosed(now);
                break;
            case AskPeer:
                Sender.Tell(new PeerAnswered(_state.Report()));
                break;
            case Dismiss:
                _socket.Close(CloseStatus.PolicyViolation, "Disconnected by the operator");
                break;
            case CloseAddress address:
                _state.CloseAddress(address.Key, now);
                break;
            case NodeRemoved removed:
                _state.NodeRemoved(removed.Node, now);
                break;
            default:
                Unhandled(message);
                return;
        }

        _alarm.Set(_state.Due, now, Context);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _alarm.Cancel();
        if (_stopped)
            return;

        // This actor has failed, or the node goes down.
        _post.Unregister(_uid.Number);
        _post.TellNode(new ConnectionEnded(_uid, _state.Links), Self);
        _socket.Close(CloseStatus.GoingAway, "Server stopped");
    }

    void IConnectionEffects.Write(ReadOnlyMemory<byte> frame) => _socket.Send(frame);

    void IConnectionEffects.Request(IAddressRequest request) => _addresses.Tell(request, Self);

    void IConnectionEffects.Tell(ConnectionUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void IConnectionEffects.Tell(AddressUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void IConnectionEffects.GiveBack(string key, ReservationName name) => _post.TellNode(new GivenBack(key, name), Self);

    void IConnectionEffects.Consumed(int bytes) => _socket.Consumed(bytes);

    void IConnectionEffects.Ignored(IgnoredMessage reason) => _socket.Ignored(reason);

    void IConnectionEffects.Refused(Refusal reason) => _socket.Refused(reason);

    void IConnectionEffects.Happened(in PeerStep step) => _socket.Happened(step);

    void IConnectionEffects.CloseSocket() => _socket.Close(CloseStatus.Normal, "Done");

    void IConnectionEffects.Break(BrokenLink link) => _post.TellNode(new LinkBroken(link), Self);

    void IConnectionEffects.Stop()
    {
        _stopped = true;
        _post.Unregister(_uid.Number);
        _post.TellNode(new ConnectionEnded(_uid, []), Self);
        Become(Leaving);
        Self.Tell(PoisonPill.Instance);
    }

    // Letters that came before the number was withdrawn get the answer that later ones get.
    private void Leaving(object message)
    {
        if (message is ILetter letter)
            _post.Send(_uid.Node, _uid.Number, letter, Sender);
    }

    /// <summary>The peer has asked for what it may not have.</summary>
    /// <param name="Message">Its message.</param>
    internal sealed record DeniedMessage(byte[] Message) : INoSerializationVerificationNeeded;

    /// <summary>The peer's socket hands over nothing more.</summary>
    internal sealed class PeerClosed
    {
        public static readonly PeerClosed Instance = new();

        private PeerClosed()
        {
        }
    }

    /// <summary>The peer's socket has written what had to wait.</summary>
    internal sealed class SocketHasWritten
    {
        public static readonly SocketHasWritten Instance = new();

        private SocketHasWritten()
        {
        }
    }
}
