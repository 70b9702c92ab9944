using Signaling.Tests.Fuzzing;
using Signaling.Tests.Fuzzing.ClusterPort;
using Signaling.Tests.Fuzzing.Codec;
using Signaling.Tests.Fuzzing.Config;
using Signaling.Tests.Fuzzing.Http;
using Signaling.Tests.Fuzzing.Nodes;
using Signaling.Tests.Fuzzing.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>A million hostile inputs for each surface, others than every run has.</summary>
[Collection(SoakCollection.Name)]
public sealed class FuzzingSoakTests(ITestOutputHelper output)
{
    private const ulong Others = 1_000_000_000;

    [Theory]
    [InlineData(CodecSurface.Called, 1_000_000)]
    [InlineData(SocketSurface.Called, 1_000_000)]
    [InlineData(LoopbackSurface.Called, 20_000)]
    [InlineData(HttpSurface.Called, 1_000_000)]
    [InlineData(ConfigSurface.Called, 1_000_000)]
    [InlineData(NodeSurface.Called, 1_000_000)]
    [InlineData(AssociationSurface.Called, 1_000_000)]
    [InlineData(ClusterPortSurface.Called, 100_000)]
    public Task Nothing_that_comes_in_breaks_anything(string name, int inputs) =>
        HostileInputs.BreakNothingAsync(name, Others, Others + (ulong)inputs, "soak-fuzzing", output);
}
