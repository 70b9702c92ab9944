using Signaling.Actors.Connections;

namespace Signaling.Tests.Simulation;

/// <summary>One history: peers that come, do what they like and go, on a cluster of a few nodes.</summary>
internal sealed class RandomHistory
{
    private const int Peers = 6;
    private const int TraceLines = 120;
    private readonly App _app;
    private readonly World _world;
    private readonly List<PeerLink> _links = [];
    private readonly SimPeer[] _peers;
    private int _named;

    private RandomHistory(int seed, List<string>? trace)
    {
        _world = new World(seed, nodes: 1 + (seed % 3)) { Trace = trace };
        _app = new App("/app", AddressSharing: seed % 2 == 0);
        _peers = [.. Enumerable.Range(0, Peers).Select(_ => NewPeer())];
    }

    private Random Random => _world.Random;

    /// <summary>
    /// Runs a history to its end. Where an invariant is broken it runs once more, the same to the letter, and throws with
    /// the last of what happened.
    /// </summary>
    public static void Run(int seed, int events)
    {
        try
        {
            new RandomHistory(seed, trace: null).Run(events);
        }
        catch (InvariantException)
        {
            Replay(seed, events);
            throw;
        }
    }

    private static void Replay(int seed, int events)
    {
        var trace = new List<string>();
        try
        {
            new RandomHistory(seed, trace).Run(events);
        }
        catch (InvariantException e)
        {
            var end = string.Join(Environment.NewLine, trace.TakeLast(TraceLines));
            throw new InvariantException($"Seed {seed}: {e.Message}{Environment.NewLine}{end}");
        }
    }

    private void Run(int events)
    {
        for (var i = 0; i < events; i++)
        {
            Act(Random.Next(Peers));
            for (var steps = Random.Next(6); steps > 0 && _world.Network.Step(); steps--)
            {
            }
        }

        Settle();
        foreach (var link in _peers.SelectMany(peer => peer.OpenLinks).ToArray())
            link.Owner.Send(link);
        Settle();

        foreach (var peer in _peers)
            peer.CheckAtRest();
        foreach (var link in _links)
            link.CheckAtRest();

        foreach (var peer in _peers)
            peer.Close();
        Settle();
        if (_world.Alive.Count > 0)
            throw new InvariantException($"I4: all peers have left, and these have stayed: {string.Join(", ", _world.Alive)}.");
    }

    private void Settle()
    {
        while (_world.Network.Step())
        {
        }
    }

    private void Act(int index)
    {
        var peer = _peers[index];
        var open = peer.OpenLinks.ToArray();
        switch (Random.Next(20))
        {
            case 0 or 1 or 2:
                peer.Listen(SomeAddress());
                break;
            case 3:
                peer.Release();
                break;
            case 4 or 5 or 6 when (short)Random.Next(1, 5) is var id && peer.IsFree(id):
                peer.Connect(id, SomeAddress());
                break;
            case 7:
                peer.Heartbeat();
                break;
            case 8 when Random.Next(3) == 0:
                peer.Close();
                _peers[index] = NewPeer();
                break;
            case 9:
                var garbage = new byte[Random.Next(12)];
                Random.NextBytes(garbage);
                if (garbage is [] or [>= 9 and < 200, ..] or [0, ..])
                    peer.SendGarbage(garbage);
                break;
            case 10 or 11 when open.Length > 0:
                peer.Disconnect(open[Random.Next(open.Length)]);
                break;
            case > 11 when open.Length > 0:
                peer.Send(open[Random.Next(open.Length)]);
                break;
        }
    }

    private string SomeAddress() => "abc".Substring(Random.Next(3), 1);

    private SimPeer NewPeer() => new(_world, _app, $"peer {++_named}", _links);
}
