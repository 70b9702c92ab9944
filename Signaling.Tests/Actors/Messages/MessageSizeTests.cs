using Signaling.Actors.Messages;
using Xunit;

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
    private static readonly string Key = new('k', 22);

    [Fact]
    public void The_largest_piece_of_a_frame_fits() =>
        AssertFits(new LinkFrame(LongestLink, LongestLink.Initiator, new byte[LinkFrame.MaxData], More: true));

    [Fact]
    public void The_largest_page_of_a_grant_fits() =>
        AssertFits(new Granted(Key, LongestReservation, [.. Enumerable.Repeat(LongestReservation, Granted.PageSize)], -1, -1));

    private void AssertFits(ILetter letter) =>
        Assert.InRange(node.Write(new Parcel(-1, -1, letter)).Bytes.Length, 1, Limit - Envelope);
}
