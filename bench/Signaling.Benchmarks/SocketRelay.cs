using BenchmarkDotNet.Attributes;
using Signaling.Benchmarks.Rigs;

namespace Signaling.Benchmarks;

/// <summary>
/// The whole relay path, from one socket to the other, through Kestrel and all that is behind it. It knows the service by its
/// public face alone. The client's part and the kernel's are in the time; what is allocated is the service's.
/// </summary>
[MemoryDiagnoser]
public class SocketRelay
{
    private const int Turns = 64;
    private LoopbackGateway _gateway = null!;
    private RawPair _pair = null!;

    /// <summary>Messages under way at once.</summary>
    [Params(1, 16)]
    public int Window { get; set; }

    /// <summary>Bytes of data in a message.</summary>
    [Params(200, 2500)]
    public int Size { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _gateway = await LoopbackGateway.StartAsync();
        _pair = new RawPair(_gateway.App, "room", Size, Window);
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        _pair.Dispose();
        await _gateway.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Turns)]
    public void Relay()
    {
        for (var left = Turns; left > 0; left -= 2 * Window)
        {
            _pair.GuestSays();
            _pair.HolderHears();
            _pair.HolderSays();
            _pair.GuestHears();
        }
    }
}
