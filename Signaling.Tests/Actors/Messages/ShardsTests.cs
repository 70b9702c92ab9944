using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Messages;

/// <summary>Where each address lives. Two nodes that disagree about it serve two holders of one address.</summary>
public sealed class ShardsTests
{
    // Computed by another program. They never change but with a full stop of the cluster.
    [Theory]
    [InlineData("", 61)]
    [InlineData("a", 220)]
    [InlineData("AAECAwQFBgcICQoLDA0ODw", 299)]
    [InlineData("reAnT4S4KLCYARJgm7UXdQ", 77)]
    [InlineData("ZRvVOQ-Inck4gaEgySG8YQ", 158)]
    [InlineData("1lDFAptyWxa43xYPePNW7A", 154)]
    [InlineData("LuZY_Pp05Kh_eThUHMmTBA", 0)]
    public void The_shard_of_an_address_is_fixed(string key, int shard) => Assert.Equal(shard, Shards.Of(key));

    [Fact]
    public void There_are_300() => Assert.Equal(300, Shards.Count);

    [Fact]
    public void Addresses_spread_evenly()
    {
        const int PerShard = 100;
        var counts = new int[Shards.Count];
        for (var i = 0; i < PerShard * Shards.Count; i++)
            counts[Shards.Of(AddressKey.Of("/app", $"room {i}"))]++;

        // Of 300 shards the fullest is expected some 3 standard deviations, which are 10 each, off.
        Assert.All(counts, count => Assert.InRange(count, PerShard - 50, PerShard + 50));
    }

    [Fact]
    public void Each_shard_has_a_key_that_no_address_has()
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            Assert.Equal(shard, Shards.Of(Shards.KeyOf(shard)));
            Assert.True(Shards.IsKeyOfShard(Shards.KeyOf(shard)));
        }

        Assert.Equal("~17", Shards.KeyOf(17));
        Assert.False(Shards.IsKeyOfShard(AddressKey.Of("/app", "~17")));
    }

    [Fact]
    public void A_digest_goes_to_its_shard() =>
        Assert.Equal(17, Shards.Of(new Digest(Shard: 17, Node: 1, Count: 0, Hash: 0).Key));
}
