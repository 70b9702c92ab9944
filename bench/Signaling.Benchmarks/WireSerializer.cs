using Akka.Actor;
using BenchmarkDotNet.Attributes;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using ClusterSerializer = Signaling.Actors.Messages.Wire.ClusterSerializer;

namespace Signaling.Benchmarks;

/// <summary>A frame between two nodes: a parcel with it becomes bytes, and bytes become it.</summary>
[MemoryDiagnoser]
public class WireSerializer
{
    private ActorSystem _system = null!;
    private ClusterSerializer _serializer = null!;
    private Parcel _parcel = null!;
    private byte[] _bytes = [];
    private string _manifest = "";

    [Params(200, 2500, LinkFrame.MaxData - FrameHeader.DataOffset)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _system = ActorSystem.Create("benchmark");
        _serializer = new ClusterSerializer((ExtendedActorSystem)_system);
        var (from, to) = (new ConnectionUid(1735024172, 812), new ConnectionUid(-912376125, 77));
        var link = new LinkName(from, 3);
        var data = Frame.Of(EventType.ReliableMessageReceived, 1, new byte[Size]);
        _parcel = new Parcel(to.Node, to.Number, new LinkFrame(link, from, to, 300, data, More: false));
        _bytes = _serializer.ToBinary(_parcel);
        _manifest = _serializer.Manifest(_parcel);
    }

    [GlobalCleanup]
    public Task StopAsync() => _system.Terminate();

    [Benchmark]
    public byte[] Write() => _serializer.ToBinary(_parcel);

    [Benchmark]
    public object Read() => _serializer.FromBinary(_bytes, _manifest);
}
