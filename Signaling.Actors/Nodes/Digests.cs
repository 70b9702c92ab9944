using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// Sends the digest of each shard's reservations to the node that the shard lives on: all in a round, and soon where a shard
/// may have lost its home, so that its roll is called before users come.
/// </summary>
/// <param name="self">The uid of this node.</param>
/// <param name="table">The reservations.</param>
/// <param name="effects">Where the digests go.</param>
internal sealed class Digests(int self, ReservationTable table, INodeEffects effects)
{
    private const long Round = 60_000; // ms, through all shards
    private const long Pause = Round / Shards.Count;
    private const long HurriedPause = 50; // ms
    private const int HurriedAtOnce = 15; // so that all shards are through in a second

    private readonly Queue<int> _hurried = [];
    private readonly bool[] _isHurried = new bool[Shards.Count];
    private int _shard;
    private bool _hasStopped;
    private long _next = long.MaxValue;
    private long _nextHurried = long.MaxValue;

    /// <summary>When <see cref="Tick"/> is to be called, in ms.</summary>
    public long Due => Math.Min(_next, _nextHurried);

    /// <summary>This node is up. Every shard is sent one soon, which also finds a home for those that have none.</summary>
    /// <param name="alone">Whether it is the only node: a shard then finds its home with its first request, soon enough.</param>
    /// <param name="now">The time in ms.</param>
    public void Start(bool alone, long now)
    {
        _next = now + Pause;
        if (alone)
            return;

        for (var shard = 0; shard < Shards.Count; shard++)
            Hurry(shard, now);
    }

    /// <summary>A node has left: the shards that matter here may have lived there.</summary>
    public void Hurry(long now)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            if (table.DigestOf(shard).Count > 0)
                Hurry(shard, now);
        }
    }

    /// <summary>This node leaves: it has nothing to tell any more, and its share of the addresses none to send it through.</summary>
    public void Stop()
    {
        _hasStopped = true;
        _next = _nextHurried = long.MaxValue;
    }

    public void Tick(long now)
    {
        if (_nextHurried <= now)
        {
            for (var i = 0; i < HurriedAtOnce && _hurried.TryDequeue(out var shard); i++)
            {
                _isHurried[shard] = false;
                Send(shard);
            }

            _nextHurried = _hurried.Count == 0 ? long.MaxValue : now + HurriedPause;
        }

        if (_next <= now)
        {
            Send(_shard);
            _shard = (_shard + 1) % Shards.Count;
            _next = now + Pause;
        }
    }

    private void Hurry(int shard, long now)
    {
        if (_isHurried[shard] || _hasStopped)
            return;

        _isHurried[shard] = true;
        _hurried.Enqueue(shard);
        _nextHurried = Math.Min(_nextHurried, now);
    }

    private void Send(int shard)
    {
        var digest = table.DigestOf(shard);
        effects.Request(new Digest(shard, self, digest.Count, digest.Hash));
    }
}
