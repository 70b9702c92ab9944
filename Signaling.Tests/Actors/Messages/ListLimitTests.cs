using System.Runtime.Serialization;
using Signaling.Actors.Messages;
using Xunit;
using WireLists = Signaling.Actors.Messages.Wire.WireLists;

namespace Signaling.Tests.Actors.Messages;

/// <summary>
/// A list of twice the length that this version writes is read, since a neighbouring one may write longer pages. A longer
/// one is refused.
/// </summary>
public sealed class ListLimitTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private static readonly ConnectionUid Connection = new(1, 2);
    private static readonly ReservationName Name = new(Connection, 3);
    private static readonly Incarnation Incarnation = new(4, 1);
    private static readonly Standing Standing = new("key", Name, new Rank(Incarnation, 5), Shared: true);
    private static readonly BrokenLink Broken = new(new LinkName(Connection, 6), Connection, Connection);

    [Fact]
    public void Earlier_reservations() =>
        AssertLimit(Granted.PageSize, Name, page => new Granted(Standing, new AddressUid(1, 7), page, 0, page.Count));

    [Fact]
    public void Reservations_of_a_roll() =>
        AssertLimit(RollAnswer.PageSize, Standing, page => new RollAnswer(1, 2, Incarnation, page, 0, page.Count));

    [Fact]
    public void Broken_links()
    {
        AssertLimit(BrokenLinks.PageSize, Broken, page => new BrokenLinks(1, page));
        AssertLimit(BrokenLinks.PageSize, Broken, page => new BrokenLinksTold(page));
    }

    [Fact]
    public void Nodes()
    {
        AssertLimit(WireLists.MaxNodes, 1, page => new LeaseQuestion(1, 2, page, Farewell: true));
        AssertLimit(WireLists.MaxNodes, 1, page => new LeaseAnswer(1, 2, Renewed: true, page));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(-1, 5)]
    [InlineData(-1, -1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(0, int.MinValue)]
    public void A_page_that_is_not_within_its_whole_is_refused(int skip, int total)
    {
        AssertRefused(new Granted(Standing, new AddressUid(1, 7), [Name, Name], skip, total));
        AssertRefused(new RollAnswer(1, 2, Incarnation, [Standing, Standing], skip, total));
    }

    private void AssertLimit<T>(int pageSize, T entry, Func<IReadOnlyList<T>, ILetter> letter)
    {
        Assert.IsType<Parcel>(node.Read(node.Write(Samples.InParcel(letter([.. Enumerable.Repeat(entry, 2 * pageSize)])))));
        AssertRefused(letter([.. Enumerable.Repeat(entry, (2 * pageSize) + 1)]));
    }

    private void AssertRefused(ILetter letter) =>
        Assert.Throws<SerializationException>(() => node.Read(node.Write(Samples.InParcel(letter))));
}
