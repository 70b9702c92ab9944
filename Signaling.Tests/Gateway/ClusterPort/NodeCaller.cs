using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Google.Protobuf;
using Signaling.Gateway.ClusterPort.Wire;

namespace Signaling.Tests.Gateway.ClusterPort;

/// <summary>Somebody at the port between nodes, byte by byte.</summary>
public sealed class NodeCaller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();

    private NetworkStream Stream => _client.GetStream();

    public void Dispose() => _client.Dispose();

    /// <summary>Comes to the port of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="from">A loopback address to come from.</param>
    internal static async Task<NodeCaller> ConnectAsync(ActorSystem node, string from = "127.0.0.1")
    {
        var caller = new NodeCaller();
        caller._client.Client.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await caller._client.ConnectAsync(IPAddress.Loopback, Akka.Cluster.Cluster.Get(node).SelfAddress.Port!.Value);
        return caller;
    }

    /// <summary>What a node says first, in a frame.</summary>
    internal static byte[] Greeting(Hello? hello)
    {
        var address = Field(1, "elsewhere").Concat(Field(2, "127.0.0.1")).Concat(Number(3, 1)).Concat(Field(4, "akka.tcp"));
        var info = Field(1, [.. address]).Concat((byte[])[(2 << 3) | 1, 42, 0, 0, 0, 0, 0, 0, 0]);
        var instruction = Number(1, 1).Concat(Field(2, [.. info]));
        return Frame([.. Field(2, [.. instruction]), .. new FirstMessage { Hello = hello }.ToByteArray()]);
    }

    /// <summary>A message with its length before it.</summary>
    internal static byte[] Frame(byte[] message)
    {
        var frame = new byte[sizeof(int) + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, message.Length);
        message.CopyTo(frame, sizeof(int));
        return frame;
    }

    public Task SayAsync(byte[] bytes) => Stream.WriteAsync(bytes).AsTask();

    /// <summary>Reads the first message of the node; null: it has hung up.</summary>
    internal async Task<FirstMessage?> HearAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var length = new byte[sizeof(int)];
            if (await Stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, patience.Token) < length.Length)
                return null;

            var message = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            await Stream.ReadExactlyAsync(message, patience.Token);
            return FirstMessage.Parser.ParseFrom(message);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<byte> Field(int number, string text) => Field(number, System.Text.Encoding.UTF8.GetBytes(text));

    private static IEnumerable<byte> Field(int number, byte[] bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];

    private static IEnumerable<byte> Number(int number, byte value) => [(byte)(number << 3), value];
}
