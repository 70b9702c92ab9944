using Signaling.Tests.Fuzzing.ClusterPort;
using Signaling.Tests.Fuzzing.Codec;
using Signaling.Tests.Fuzzing.Config;
using Signaling.Tests.Fuzzing.Http;
using Signaling.Tests.Fuzzing.Nodes;
using Signaling.Tests.Fuzzing.Sockets;

namespace Signaling.Tests.Fuzzing;

/// <summary>The surfaces by their names.</summary>
internal static class Surfaces
{
    public static Surface Make(string name) => name switch
    {
        CodecSurface.Called => new CodecSurface(),
        SocketSurface.Called => new SocketSurface(),
        LoopbackSurface.Called => new LoopbackSurface(),
        HttpSurface.Called => new HttpSurface(),
        ConfigSurface.Called => new ConfigSurface(),
        NodeSurface.Called => new NodeSurface(),
        AssociationSurface.Called => new AssociationSurface(),
        ClusterPortSurface.Called => new ClusterPortSurface(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No surface is called so."),
    };
}
