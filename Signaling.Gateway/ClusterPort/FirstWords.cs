using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Signaling.Gateway.ClusterPort.Wire;

namespace Signaling.Gateway.ClusterPort;

/// <summary>The first message of each side of a connection: who does not begin as a node does is none.</summary>
internal static class FirstWords
{
    /// <summary>How long it may be, in bytes.</summary>
    public const int Longest = 4096;

    private const int Associate = 1;
    private const int Disassociate = 2;

    private static readonly ByteString Goodbye = new FirstMessage { Instruction = new Instruction { Command = Disassociate } }.ToByteString();

    /// <summary>Waits for it, and leaves it to be read.</summary>
    /// <returns>What it says; null: the other side has left without a word.</returns>
    /// <exception cref="RefusedException">It is not what a node says first.</exception>
    public static async Task<FirstMessage?> PeekAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            if (TryTake(ref rest, out var message))
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
                var said = Parse(message.ToArray());
                return said.Instruction?.Command == Associate ? said : throw Garbage();
            }

            if (read.IsCompleted)
                return read.Buffer.IsEmpty ? null : throw Garbage();
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Reads what came first.</summary>
    /// <exception cref="RefusedException">It is not what a node says first.</exception>
    public static FirstMessage Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            var said = FirstMessage.Parser.ParseFrom(message);
            return said.Instruction is null ? throw Garbage() : said;
        }
        catch (InvalidProtocolBufferException)
        {
            throw Garbage();
        }
    }

    /// <summary>Akka's first message, with what this node says of itself behind it.</summary>
    public static ByteString With(ByteString akkas, Hello hello) =>
        ByteString.CopyFrom([.. akkas.Span, .. new FirstMessage { Hello = hello }.ToByteArray()]);

    /// <summary>Tells the other side what this one is, and that nothing comes of it.</summary>
    public static async Task RefuseAsync(PipeWriter writer, Hello hello, CancellationToken cancellation)
    {
        var outbox = new Outbox();
        outbox.TryAdd(With(Goodbye, hello));
        outbox.Close();
        await outbox.WriteToAsync(writer).WaitAsync(cancellation);
        await writer.CompleteAsync();
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        try
        {
            return FrameReader.TryTake(ref buffer, Longest, out message);
        }
        catch (InvalidDataException)
        {
            throw Garbage();
        }
    }

    private static RefusedException Garbage() => new(Refusal.Garbage, "it has said what no node says");
}
