using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A shard that has not answered in time is not waited for as long again.</summary>
public sealed class ImpatienceTests
{
    private readonly TestConnection _connection = new();

    public ImpatienceTests()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Passes(ConnectionState.RequestTimeout);
    }

    [Fact]
    public void Another_request_to_the_same_shard_fails_after_a_second()
    {
        AssertPatience("room", ConnectionState.ImpatientTimeout);
        AssertPatience("room", ConnectionState.ImpatientTimeout);
    }

    [Fact]
    public void A_request_to_another_shard_has_its_10_s()
    {
        Assert.NotEqual(Shards.Of(KeyOf("hall")), Shards.Of(RoomKey));
        AssertPatience("hall", ConnectionState.RequestTimeout);
    }

    [Fact]
    public void After_half_a_minute_it_has_its_10_s_again()
    {
        _connection.Passes(30_000);

        AssertPatience("room", ConnectionState.RequestTimeout);
    }

    [Theory]
    [InlineData("granted")]
    [InlineData("denied")]
    [InlineData("accepted")]
    [InlineData("refused")]
    public void An_answer_makes_patient_again(string answer)
    {
        switch (answer)
        {
            case "granted":
                _connection.Holding(request: 2);
                break;
            case "denied":
                _connection.PeerSends(Peer.Reserve("room"));
                _connection.Gets(new Denied(Reservation(2)));
                break;
            case "accepted":
                _connection.ConnectedAs(1, request: 2);
                break;
            case "refused":
                _connection.PeerSends(Peer.Connect(1, "room"));
                _connection.Gets(new Refused(Link(2)));
                break;
        }

        AssertPatience("room", ConnectionState.RequestTimeout);
    }

    private void AssertPatience(string address, long milliseconds)
    {
        var failed = new Wrote("7 5");
        _connection.PeerSends(Peer.Connect(5, address));

        Assert.DoesNotContain(failed, _connection.Passes(milliseconds - 1));
        Assert.Contains(failed, _connection.Passes(1));
    }
}
