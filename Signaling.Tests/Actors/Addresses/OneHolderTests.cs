using CsCheck;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>Whatever comes, and in whatever order: what is granted is not granted to another until it has been given back.</summary>
public sealed class OneHolderTests
{
    private const int Names = 5;

    private static readonly Gen<(int Kind, int Who, int Request, int Policy, int Owner)[]> Inputs =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, Names - 1], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 2]).Array[1, 60];

    [Fact]
    public void An_address_without_sharing_is_granted_to_one_at_a_time() => Inputs.Sample(inputs =>
    {
        var (address, granted, over) = (new TestAddress(), new HashSet<ReservationName>(), new HashSet<ReservationName>());
        foreach (var (kind, who, request, policy, owner) in inputs)
        {
            var name = new ReservationName(new ConnectionUid(1 + (who % 3), who), request);
            Note(name, kind, over);
            var told = kind switch
            {
                < 3 => address.Gets(new Reserve(Key, name, Shared: false, (Takeover)policy, new Owner(0, owner))),
                3 => address.Releases(name),
                4 => address.Answers(name, contender: new ReservationName(new ConnectionUid(1 + (owner % 3), owner), request), stands: false),
                _ => address.Passes(700),
            };

            over.ExceptWith(granted.Where(one => IsGranted(told, one) && !IsOver(one, kind, name)));
            foreach (var candidate in Candidates().Where(candidate => IsGranted(told, candidate)))
            {
                granted.RemoveWhere(one => over.Contains(one) || (one.Connection == candidate.Connection && one.Request < candidate.Request));
                granted.Add(candidate);
                over.Remove(candidate);
            }

            Assert.True(granted.Count <= 1, $"{string.Join(" and ", granted)} hold it.");
        }
    });

    // A release, or the word of its node that it does not stand.
    private static void Note(ReservationName name, int kind, HashSet<ReservationName> over)
    {
        if (kind is 3 or 4)
            over.Add(name);
    }

    private static bool IsOver(ReservationName one, int kind, ReservationName name) => kind is 3 or 4 && one == name;

    private static bool IsGranted(Told[] told, ReservationName name) =>
        told.Any(one => one.Letter.StartsWith(nameof(Granted), StringComparison.Ordinal) && one.Letter.Contains($"Name = {name},", StringComparison.Ordinal));

    private static IEnumerable<ReservationName> Candidates() =>
        from who in Enumerable.Range(0, Names)
        from request in Enumerable.Range(1, 3)
        select new ReservationName(new ConnectionUid(1 + (who % 3), who), request);
}
