using System.Text;
using Signaling.Gateway.ClusterPort.Wire;
using Signaling.Tests.Gateway.ClusterPort;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>What comes to the port between nodes, of nodes and of others.</summary>
internal static class NodeWords
{
    private const int MostOfOwn = 40_000;

    /// <summary>What a node of the cluster says first; what it says of itself goes behind it.</summary>
    public static readonly byte[] Associate = NodeCaller.Greeting(hello: null)[sizeof(int)..];

    private static readonly byte[][] Strangers =
    [
        Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: node\r\n\r\n"), Encoding.ASCII.GetBytes("SSH-2.0-scanner\r\n"), [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], [], [1, 0],
        NodeCaller.Frame([]), NodeCaller.Frame([0xff, 0xff, 0xff]), NodeCaller.Frame([(1 << 3) | 2, 1, 0]), NodeCaller.Frame([(2 << 3) | 2, 2, 8, 2]), NodeCaller.Frame([(2 << 3) | 2, 0]),
    ];

    /// <summary>First words and some messages, as a node of the cluster sends them, or one that is none of it.</summary>
    public static byte[] Any(Chance chance)
    {
        if (chance.Percent(10))
            return chance.Of<byte[]>(Strangers);

        var words = chance.Percent(10) ? NodeCaller.Greeting(hello: null) : NodeCaller.Greeting(Said(chance));
        return [.. words, .. Enumerable.Range(0, chance.Below(6)).SelectMany(_ => Message(chance))];
    }

    /// <summary>A message in its frame, or a length that is none.</summary>
    public static byte[] Message(Chance chance)
    {
        if (chance.Percent(3))
            return BitConverter.GetBytes(chance.Of<int>([-1, int.MinValue, int.MaxValue, PlainPort.Longest, PlainPort.Longest + 1]));

        var message = new byte[chance.Percent(95) ? chance.Below(60) : chance.Below(MostOfOwn)];
        for (var i = 0; i < message.Length; i++)
            message[i] = (byte)(i * 7);
        return NodeCaller.Frame(message);
    }

    /// <summary>The first words of a TLS connection: an honest ClientHello (RFC 8446, 4.1.2).</summary>
    public static byte[] ClientHello()
    {
        byte[] extensions =
        [
            0, 0x2b, 0, 5, 4, 3, 4, 3, 3, 0, 0x0a, 0, 6, 0, 4, 0, 0x1d, 0, 0x17, 0, 0x0d, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1,
            0, 0x33, 0, 38, 0, 36, 0, 0x1d, 0, 32, .. Enumerable.Range(1, 32).Select(one => (byte)one),
        ];
        byte[] hello = [3, 3, .. new byte[32], 32, .. new byte[32], 0, 8, 0x13, 1, 0x13, 2, 0xc0, 0x2b, 0xc0, 0x2f, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return [0x16, 3, 1, 0, (byte)(hello.Length + 4), 1, 0, 0, (byte)hello.Length, .. hello];
    }

    private static Hello Said(Chance chance)
    {
        var hello = PlainPort.Contract().Say();
        if (chance.Percent(60))
            return hello;

        var version = hello.Version;
        switch (chance.Below(6))
        {
            case 0:
                hello.Cluster = chance.Of<string>(["paris", "", "signaling", new('x', 80), new('x', 81), "größe", "ber\nlin"]);
                break;
            case 1:
                hello.Version = version + chance.Between(-3, 3);
                break;
            case 2:
                (hello.Version, hello.Lowest, hello.Highest) = (version + chance.Between(-1, 1), version + chance.Between(-2, 1), version + chance.Between(-1, 2));
                break;
            case 3:
                hello.Settings[chance.Of<string>([.. hello.Settings.Keys])] = chance.Of<string>(["other", "", new('x', 81)]);
                break;
            case 4:
                hello.Settings[chance.Of<string>(["of.a.later.version", new('x', 81), ""])] = "on";
                break;
            default:
                (hello.Version, hello.Lowest, hello.Highest) = (chance.Of<int>([0, -1, int.MaxValue, int.MinValue]), chance.Of<int>([0, version, int.MinValue]), chance.Of<int>([0, version, int.MaxValue]));
                break;
        }

        return hello;
    }
}
