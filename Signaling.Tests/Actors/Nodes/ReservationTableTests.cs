using CsCheck;
using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

public sealed class ReservationTableTests
{
    private const long KnownHash = -4374083791385840855; // worked out apart from the code

    private static readonly string[] Keys = [.. Some.KeysOf(3).Take(2), .. Some.KeysOf(4).Take(2)];

    private static readonly Gen<(bool Add, Standing Standing)> Step =
        from add in Gen.Bool
        from connection in Gen.Int[0, 3]
        from request in Gen.Int[0, 1]
        from key in Gen.Int[0, 3]
        from grant in Gen.Int[1, 9]
        select (add, Some.Standing(1, connection, grant: grant, key: Keys[key]) with { Name = Some.Name(1, connection, request) });

    [Fact]
    public void It_finds_the_same_by_name_by_connection_and_by_shard_whatever_came_and_went() =>
        Step.Array[0, 40].Sample(steps =>
        {
            var table = new ReservationTable();
            Dictionary<ReservationName, Standing> model = [];
            foreach (var (add, standing) in steps)
            {
                if (add)
                {
                    table.Add(standing);
                    model[standing.Name] = standing;
                }
                else
                {
                    Assert.Equal(model.Remove(standing.Name), table.Remove(standing.Name));
                }
            }

            Assert.Equal(model.Count, table.Count);
            foreach (var connection in Enumerable.Range(0, 4).Select(number => new ConnectionUid(1, number)))
                AssertSame(model.Values.Where(standing => standing.Name.Connection == connection), table.Of(connection));
            foreach (var shard in new[] { 3, 4, 5 })
            {
                var expected = model.Values.Where(standing => Shards.Of(standing.Key) == shard).ToArray();
                AssertSame(expected, table.In(shard));
                Assert.Equal(expected.Reverse().Aggregate(default(ReservationDigest), (digest, standing) => digest.With(standing.Name)), table.DigestOf(shard));
            }
        });

    [Fact]
    public void The_hash_of_a_name_is_part_of_the_contract() =>
        Assert.Equal(new ReservationDigest(1, KnownHash), default(ReservationDigest).With(new ReservationName(new ConnectionUid(-5, 77), 3)));

    private static void AssertSame(IEnumerable<Standing> expected, IEnumerable<Standing> actual) =>
        Assert.Equal(expected.OrderBy(standing => standing.Name.ToString(), StringComparer.Ordinal), actual.OrderBy(standing => standing.Name.ToString(), StringComparer.Ordinal));
}
