using System.Globalization;
using Signaling.Tests.Fuzzing.ClusterPort;
using Signaling.Tests.Fuzzing.Codec;
using Signaling.Tests.Fuzzing.Config;
using Signaling.Tests.Fuzzing.Http;
using Signaling.Tests.Fuzzing.Nodes;
using Signaling.Tests.Fuzzing.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Fuzzing;

/// <summary>
/// Hostile input to all that reads what others send. Each input comes out of a seed; others on demand:
/// <c>SIGNALING_FUZZ_SEEDS=from..to</c>.
/// </summary>
[Collection(nameof(Fuzzing))] // each of these tests takes all the machine has
public sealed class FuzzingTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(CodecSurface.Called, 20_000)]
    [InlineData(SocketSurface.Called, 8_000)]
    [InlineData(LoopbackSurface.Called, 500)]
    [InlineData(HttpSurface.Called, 10_000)]
    [InlineData(ConfigSurface.Called, 60_000)]
    [InlineData(NodeSurface.Called, 100_000)]
    [InlineData(AssociationSurface.Called, 20_000)]
    [InlineData(ClusterPortSurface.Called, 1_500)]
    public Task Nothing_that_comes_in_breaks_anything(string name, int inputs)
    {
        var seeds = Environment.GetEnvironmentVariable("SIGNALING_FUZZ_SEEDS")?.Split("..") ?? ["0", inputs.ToString(CultureInfo.InvariantCulture)];
        return HostileInputs.BreakNothingAsync(
            name, ulong.Parse(seeds[0], CultureInfo.InvariantCulture), ulong.Parse(seeds[1], CultureInfo.InvariantCulture), "fuzzing", output);
    }
}
