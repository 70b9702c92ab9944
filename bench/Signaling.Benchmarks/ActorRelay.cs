using BenchmarkDotNet.Attributes;
using Signaling.Benchmarks.Rigs;

namespace Signaling.Benchmarks;

/// <summary>The actors' part of the relay path: connection, address, connection, with their windows, on the chain dispatcher.</summary>
[MemoryDiagnoser]
public class ActorRelay
{
    private const int Turns = 64;
    private ActorPair _pair = null!;

    /// <summary>Messages that have come together.</summary>
    [Params(1, 16)]
    public int AtOnce { get; set; }

    [GlobalSetup]
    public async Task StartAsync() => _pair = await ActorPair.StartAsync(size: 200);

    [GlobalCleanup]
    public async Task StopAsync() => await _pair.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Turns)]
    public void Relay()
    {
        for (var left = Turns; left > 0; left -= AtOnce)
            _pair.Relay(AtOnce);
    }
}
