using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>Names for the tests of a node.</summary>
internal static class Some
{
    public const string Key = "AAECAwQFBgcICQoLDA0ODw";

    public static readonly int Shard = Shards.Of(Key);

    public static readonly AddressUid Address = new(TestNode.Self, 900);

    /// <summary>Another address of the same shard.</summary>
    public static readonly string Neighbour = KeysOf(Shard).First();

    public static readonly AddressUid NeighbourAddress = new(TestNode.Self, 901);

    public static IEnumerable<string> KeysOf(int shard) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"neighbour{i}").Where(key => Shards.Of(key) == shard);

    public static ReservationName Name(int node, long number, long request = 1) => new(new ConnectionUid(node, number), request);

    public static Standing Standing(int node, long number, long call = 1, long grant = 1, string key = Key) =>
        new(key, Name(node, number), new Rank(new Incarnation(call, 2), grant), Shared: false);

    /// <summary>A grant by an address on node 2.</summary>
    public static Granted Granted(Standing standing) => new(standing, new AddressUid(2, 70), [], 0, 0);
}
