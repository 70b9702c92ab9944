using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>
/// The ways between the places that nodes run at. What one sender sends to one receiver keeps its order, as in Akka.Remote;
/// all else overtakes each other. Whether and when something arrives depends on the seed, the pair and the time alone, so
/// that a history that is made shorter stays alike.
/// </summary>
internal sealed class SimNetwork(World world)
{
    /// <summary>Most places.</summary>
    public const int MaxPlaces = 8;

    /// <summary>The longest that a message takes where no fault is, in ms.</summary>
    public const long Slowest = BaseSpread + PairSpread + DriftSpread;

    private const int BaseSpread = 8;
    private const int PairSpread = 25;
    private const int DriftSpread = 30;
    private const int DriftBits = 8;
    private readonly Way[] _ways = NewWays();

    /// <summary>The way from one place to another.</summary>
    public Way this[int from, int to] => _ways[(from * MaxPlaces) + to];

    /// <summary>When the last fault of the network ends, in ms.</summary>
    public long FaultsUntil { get; set; }

    /// <summary>Whether nothing comes through in one of the two directions.</summary>
    public bool IsCut(int a, int b) => this[a, b].IsCut(world.Now) || this[b, a].IsCut(world.Now);

    /// <summary>Sends something to another place.</summary>
    public void Send(SimNode from, long sender, int place, SimActor target, long receiver, object message, long number)
    {
        var now = world.Now;
        var way = this[from.Place, place];
        var pair = Chance.Mix(world.Salt ^ ((ulong)from.Uid << 44) ^ ((ulong)sender << 30) ^ ((ulong)place << 26) ^ (ulong)receiver);
        if (now < FaultsUntil && IsLost(way, pair, now))
        {
            world.Met(Met.MessageLost);
            return;
        }

        var delay = Delay(way, from.Place, place, pair, now);
        world.Timeline.Add(now + delay, target, Travelled(message), number, from);
        if (now < way.TwiceUntil && (int)(Chance.Mix(pair + (ulong)now) % 100) < way.TwicePercent)
        {
            world.Met(Met.MessageTwice);
            world.Timeline.Add(now + delay, target, Travelled(message), number, from);
        }
    }

    /// <summary>What arrives is never the very bytes that were sent, or a change in place would reach the sender.</summary>
    private static object Travelled(object message) =>
        message is LinkFrame frame ? frame with { Data = frame.Data.ToArray() } : message;

    private static bool IsLost(Way way, ulong pair, long now) =>
        now < way.DropUntil || (now < way.LossUntil && (int)(Chance.Mix(pair ^ ((ulong)now << 8)) % 100) < way.LossPercent);

    private static Way[] NewWays()
    {
        var ways = new Way[MaxPlaces * MaxPlaces];
        for (var i = 0; i < ways.Length; i++)
            ways[i] = new Way();
        return ways;
    }

    // Each part never falls faster than time passes, so that nothing overtakes what one sender has sent one receiver before.
    private long Delay(Way way, int from, int to, ulong pair, long now)
    {
        var window = now >> DriftBits;
        var drift = (long)(Chance.Mix(world.Salt + (ulong)((window * 64) + (from * MaxPlaces) + to)) % DriftSpread);
        drift = Math.Min(drift, ((window + 1) << DriftBits) - now);
        var fault = Math.Max(
            now < way.SlowUntil ? Math.Min(way.SlowBy, way.SlowUntil - now) : 0,
            now < way.HoldUntil ? way.HoldUntil - now : 0);
        return 1 + ((from + (3 * to)) % BaseSpread) + (long)(pair % PairSpread) + Math.Max(drift, fault);
    }

    /// <summary>One way, and what is wrong with it until when, in ms of true time.</summary>
    internal sealed class Way
    {
        public long DropUntil { get; set; }

        public long HoldUntil { get; set; }

        public long SlowUntil { get; set; }

        public long SlowBy { get; set; }

        public long LossUntil { get; set; }

        public int LossPercent { get; set; }

        public long TwiceUntil { get; set; }

        public int TwicePercent { get; set; }

        /// <summary>When anything was last wrong with it that holds messages up, in ms.</summary>
        public long TroubledUntil => Math.Max(Math.Max(DropUntil, HoldUntil), Math.Max(SlowUntil, LossUntil));

        public bool IsCut(long now) => now < DropUntil || now < HoldUntil || (now < LossUntil && LossPercent >= 70);
    }
}
