using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Floods;

/// <summary>Who floods a node hurts himself: those who behave are served as before, memory stays bounded, and all is given back.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    [Fact]
    public Task Five_thousand_handshakes_a_second_from_one_address() =>
        Trial.RunAsync("flood-handshakes", mostGrowthMiB: 128, HandshakeFlood.StartAsync, output);

    [Fact]
    public Task Ten_thousand_silent_half_open_sockets() =>
        Trial.RunAsync("flood-silent", mostGrowthMiB: 384, SilentFlood.StartAsync, output, settings: ("SIGNALING__LIMITS__HANDSHAKESPERSECOND", "0"));

    [Fact]
    public Task A_thousand_slow_readers() =>
        Trial.RunAsync("flood-slow-readers", mostGrowthMiB: 512, SlowReaderFlood.StartAsync, output, settings: ("SIGNALING__LIMITS__HANDSHAKESPERSECOND", "0"));

    [Fact]
    public Task Frames_of_one_byte_at_full_speed() =>
        Trial.RunAsync("flood-tiny-frames", mostGrowthMiB: 128, TinyFrameFlood.StartAsync, output);

    [Fact]
    public Task A_hundred_thousand_reservations_by_one_token()
    {
        const string Token = "one";
        return Trial.RunAsync("flood-reservations", mostGrowthMiB: 192, node => ReservationFlood.StartAsync(node, Token), output, Token);
    }
}
