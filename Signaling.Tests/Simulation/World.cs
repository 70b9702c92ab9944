using Signaling.Actors.Addresses;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;

namespace Signaling.Tests.Simulation;

/// <summary>
/// A cluster of the real state machines on a <see cref="Network"/>: connections, addresses and nodes, without actors.
/// </summary>
internal sealed class World
{
    private const long LocalDelay = 1;
    private const long RemoteDelay = 40;
    private readonly Dictionary<string, SimAddress> _addresses = [];
    private readonly Dictionary<(int Node, long Number), SimConnection> _connections = [];
    private readonly Dictionary<(int Node, long Number), SimAddress> _lives = [];
    private readonly int _nodes;
    private long _numbers;

    public World(int seed, int nodes)
    {
        Random = new Random(seed);
        Network = new Network(Random);
        _nodes = nodes;
    }

    public Random Random { get; }

    public Network Network { get; }

    public HolderCheck Holders { get; } = new();

    /// <summary>What has happened, where somebody wants to know.</summary>
    public List<string>? Trace { get; init; }

    public void Note(string what) => Trace?.Add($"{Network.Now,6} {what}");

    public SimConnection Connect(App app, SimPeer peer)
    {
        var uid = new ConnectionUid(Random.Next(_nodes), ++_numbers);
        return _connections[(uid.Node, uid.Number)] = new SimConnection(this, uid, app, peer);
    }

    public void Request(int node, IAddressRequest request)
    {
        var home = HomeOf(request.Key);
        Network.Send(node, request.Key, Delay(node, home), () =>
        {
            Note($"address {request.Key[..4]} gets {request}");
            LifeOf(request.Key, home).Receive(request);
        });
    }

    public void Tell(int node, ConnectionUid to, ILetter letter) =>
        Network.Send(node, to, Delay(node, to.Node), () =>
        {
            Note($"{to} gets {letter}");
            if (_connections.TryGetValue((to.Node, to.Number), out var connection))
                connection.Receive(Travelled(letter));
            else
                new NodeState(new SimNode(this, to)).Answer(new Undeliverable(letter));
        });

    public void Tell(int node, AddressUid to, ILetter letter) =>
        Network.Send(node, to, Delay(node, to.Node), () =>
        {
            Note($"{to} gets {letter}");
            if (_lives.TryGetValue((to.Node, to.Number), out var address))
                address.Receive(letter);
        });

    public void Remove(ConnectionUid uid) => _connections.Remove((uid.Node, uid.Number));

    /// <summary>The connections and addresses that are there.</summary>
    public IReadOnlyCollection<string> Alive =>
        [.. _connections.Keys.Select(key => $"connection {key}"), .. _addresses.Values.Select(address => address.Uid.ToString())];

    private static long Delay(int from, int to) => from == to ? LocalDelay : RemoteDelay;

    /// <summary>What arrives is never the very bytes that were sent, or a change in place would reach the sender.</summary>
    private static ILetter Travelled(ILetter letter) =>
        letter is LinkFrame frame ? frame with { Data = frame.Data.ToArray() } : letter;

    private int HomeOf(string key) => key[0] % _nodes;

    private SimAddress LifeOf(string key, int node)
    {
        if (!_addresses.TryGetValue(key, out var address))
        {
            address = new SimAddress(this, key, new AddressUid(node, ++_numbers));
            _addresses.Add(key, address);
            _lives.Add((node, address.Uid.Number), address);
        }

        return address;
    }

    private sealed class SimAddress : IAddressEffects
    {
        private readonly World _world;
        private readonly string _key;
        private readonly AddressState _state;
        private bool _ticking;

        public SimAddress(World world, string key, AddressUid uid)
        {
            _world = world;
            _key = key;
            Uid = uid;
            _state = new AddressState(key, uid, this);
        }

        public AddressUid Uid { get; }

        public void Receive(IAddressRequest request)
        {
            _state.Receive(request, _world.Network.Now);
            Settle();
        }

        public void Receive(ILetter letter)
        {
            _state.Receive(letter, _world.Network.Now);
            Settle();
        }

        public void Tell(ConnectionUid to, ILetter letter) => _world.Tell(Uid.Node, to, letter);

        private void Settle()
        {
            if (_state.IsEmpty)
            {
                if (_world._lives.Remove((Uid.Node, Uid.Number)))
                    _world._addresses.Remove(_key);
            }
            else if (_state.NeedsTick && !_ticking)
            {
                _ticking = true;
                _world.Network.After(AddressState.QuestionTimeout, () =>
                {
                    _ticking = false;
                    _state.Tick(_world.Network.Now);
                    Settle();
                });
            }
        }
    }

    private sealed class SimNode(World world, ConnectionUid late) : INodeEffects
    {
        public void Request(IAddressRequest request) => world.Request(late.Node, request);

        public void Tell(AddressUid to, ILetter letter) => world.Tell(late.Node, to, letter);
    }
}
