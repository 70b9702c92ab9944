using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>
/// The shard region of one process: it knows where shards live as far as it was told, keeps what is for a shard whose home
/// it does not know, and hands on the rest.
/// </summary>
internal sealed class SimRegion(SimNode node) : SimActor
{
    private const long AskAgain = 400;
    private const int MostKept = 200;
    private const long Asking = -1;
    private readonly SimNode?[] _homes = new SimNode?[SimHomes.Shards];
    private readonly SimShard?[] _shards = new SimShard?[SimHomes.Shards];
    private readonly List<(long Sender, IAddressRequest Request)>?[] _kept = new List<(long, IAddressRequest)>?[SimHomes.Shards];
    private bool _asking;

    public override SimNode Node => node;

    private World World => node.World;

    public SimShard? ShardOf(int shard) => _shards[shard];

    /// <summary>Takes a request of an actor of this process.</summary>
    public void Request(long sender, IAddressRequest request)
    {
        if (World.Homes.ShardOf(request) is >= 0 and var shard)
            Route(shard, sender, request);
    }

    /// <summary>A request comes from another region, or the coordinator says something.</summary>
    public override void Handle(object? message, long number)
    {
        switch (message)
        {
            case IAddressRequest request:
                Route(World.Homes.ShardOf(request), number, request);
                break;
            case HomeIs told:
                Take(told);
                break;
            case BeginHandOff begin:
                _homes[begin.Shard] = null;
                break;
            case HandOff handOff when _shards[handOff.Shard] is { } shard:
                _kept[handOff.Shard]?.Clear(); // dropped on purpose, to keep the order
                shard.Stop();
                break;
            case HandOff handOff:
                World.Homes.Stopped(this, handOff.Shard);
                break;
            case null when number == Asking:
                _asking = false;
                AskForHomes();
                break;
        }
    }

    /// <summary>A node was removed: its shards live elsewhere, nobody knows where.</summary>
    public void Forget(SimNode removed)
    {
        for (var i = 0; i < _homes.Length; i++)
        {
            if (_homes[i] == removed)
                _homes[i] = null;
        }
    }

    public void HasStopped(int shard)
    {
        _shards[shard] = null;
        _homes[shard] = null;
        World.Homes.Stopped(this, shard);
    }

    private void Take(HomeIs told)
    {
        if (told.Home != node && node.View.PlaceOf(told.Home.Uid) is null)
            return; // it was removed meanwhile

        _homes[told.Shard] = told.Home;
        if (told.Home == node && _shards[told.Shard] is null)
            _shards[told.Shard] = new SimShard(node, told.Shard);
        if (_kept[told.Shard] is not { } kept)
            return;

        foreach (var (sender, request) in kept.ToArray())
            Route(told.Shard, sender, request);
        kept.RemoveRange(0, kept.Count);
    }

    private void Route(int shard, long sender, IAddressRequest request)
    {
        if (_shards[shard] is { } here)
        {
            here.Take(sender, request);
        }
        else if (_homes[shard] is { } home && home != node)
        {
            World.Network.Send(node, sender, home.Place, home.Region, Shards.Of(request.Key), request, sender);
        }
        else
        {
            var kept = _kept[shard] ??= [];
            if (kept.Count < MostKept)
                kept.Add((sender, request));
            AskForHomes();
        }
    }

    private void AskForHomes()
    {
        if (_asking)
            return;

        for (var i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] is not { Count: > 0 })
                continue;

            World.Homes.AskFrom(this, i);
            _asking = true;
        }

        if (_asking)
            World.Timeline.Add(World.Now + AskAgain, this, null, Asking);
    }
}

/// <summary>From the coordinator: a shard lives there.</summary>
internal sealed record HomeIs(int Shard, SimNode Home);

/// <summary>From the coordinator: a shard is about to move; keep what is for it.</summary>
internal sealed record BeginHandOff(int Shard);

/// <summary>From the coordinator: end a shard.</summary>
internal sealed record HandOff(int Shard);
