using System.Reflection;
using Signaling.Actors.Messages;
using Xunit;
using WireLists = Signaling.Actors.Messages.Wire.WireLists;

namespace Signaling.Tests.Actors.Messages;

public sealed class MessageSizeTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private const int Limit = 32 * 1024;

    // Paths of receiver and sender, manifest and lengths, which remoting puts around a message.
    private const int Envelope = 512;

    // A negative number is the longest there is on the wire.
    private static readonly ConnectionUid Longest = new(-1, -1);
    private static readonly ReservationName LongestReservation = new(Longest, -1);
    private static readonly LinkName LongestLink = new(Longest, -1, -1);
    private static readonly Incarnation LongestIncarnation = new(-1, -1);
    private static readonly Standing LongestStanding = new(new string('k', 22), LongestReservation, new Rank(LongestIncarnation, -1), Shared: true, new Owner(-1, -1));
    private static readonly BrokenLink LongestBrokenLink = new(LongestLink, Longest, Longest);

    // Every letter that has a list or bytes.
    private static readonly ILetter[] Largest =
    [
        new LinkFrame(LongestLink, Longest, Longest, -1, new byte[LinkFrame.MaxData], More: true),
        new Granted(LongestStanding, new AddressUid(-1, -1), Page(LongestReservation, Granted.PageSize), -1, -1),
        new LeaseQuestion(-1, -1, Page(-1, WireLists.MaxNodes), Farewell: true),
        new LeaseAnswer(-1, -1, Renewed: true, Page(-1, WireLists.MaxNodes)),
        new RollAnswer(-1, -1, LongestIncarnation, Page(LongestStanding, RollAnswer.PageSize), -1, -1),
        new BrokenLinks(-1, Page(LongestBrokenLink, BrokenLinks.PageSize)),
        new BrokenLinksTold(Page(LongestBrokenLink, BrokenLinks.PageSize)),
        new OperatorQuestion(-1, -1, new string('t', OperatorQuestion.MaxTopic), new byte[OperatorQuestion.MaxBody]),
        new OperatorAnswer(-1, -1, -1, -1, new byte[OperatorAnswer.PageSize]),
    ];

    [Fact]
    public void The_largest_of_each_kind_fits() =>
        Assert.All(Largest, letter => Assert.InRange(node.Write(new Parcel(-1, -1, letter)).Bytes.Length, 1, Limit - Envelope));

    [Fact]
    public void No_kind_with_a_list_or_bytes_is_left_out()
    {
        var kinds = Samples.All.Select(sample => sample.Message).OfType<Parcel>().Select(parcel => parcel.Letter.GetType()).Distinct();

        Assert.Equal(
            kinds.Where(kind => kind.GetProperties().Any(HoldsMany)).Select(kind => kind.Name).Order(StringComparer.Ordinal),
            Largest.Select(letter => letter.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_letter_is_larger_than_it_says()
    {
        var samples = Samples.All.Select(sample => sample.Message).OfType<Parcel>();
        var smallest = new HoldQuestion(LongestReservation, new Rank(LongestIncarnation, -1), LongestReservation, new AddressUid(-1, -1), MakesWay: true);

        Assert.All(
            samples.Concat(Largest.Append(smallest).Select(letter => new Parcel(-1, -1, letter))),
            parcel => Assert.InRange(node.Write(new Bag([parcel])).Bytes.Length, 1, parcel.MostBytes));
    }

    [Fact]
    public void The_largest_of_each_kind_fits_into_a_bag() =>
        Assert.All(Largest, letter => Assert.InRange(new Parcel(-1, -1, letter).MostBytes, 1, Bag.MaxBytes));

    private static T[] Page<T>(T entry, int size) => [.. Enumerable.Repeat(entry, size)];

    private static bool HoldsMany(PropertyInfo property) =>
        property.PropertyType.IsGenericType && Nullable.GetUnderlyingType(property.PropertyType) is null;
}
