using System.Buffers;
using System.Runtime.Serialization;
using Signaling.Actors.Messages;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort;
using Signaling.Tests.Actors;
using Signaling.Tests.Actors.Messages;
using Signaling.Tests.Simulation;
using OperatorAnswer = Signaling.Actors.Messages.OperatorAnswer;
using OperatorQuestion = Signaling.Actors.Messages.OperatorQuestion;

namespace Signaling.Tests.Fuzzing.Nodes;

/// <summary>
/// What comes from another node: bytes under a manifest, and the frames that they travel in. They are a message of ours, which is
/// written as it was read, or refused in the one way that remoting takes for that; and nothing takes memory that has not come.
/// </summary>
internal sealed class NodeSurface : Surface
{
    public const string Called = "nodes";

    private const int Framed = 100;
    private const int Refusing = 101;
    private const int MostOfFrame = 4096;
    private const long Allowance = 64 * 1024;
    private const int AllowedForByte = 400; // a name of a link in a list takes a few bytes, and a few objects

    private static readonly string[] Manifests = ["ba", "pa", "rs", "rl", "co", "jo", "dg", "", "xx", "System.Object", "pa\0"];
    private static readonly RefusingSerializer Refuser = new(null!, identifier: 1);
    private static readonly ClusterSerializer Serializer = new(null!);
    private static readonly (int Manifest, byte[] Bytes)[] Valid =
        [.. Samples.All.Select(sample => (Array.IndexOf(Manifests, Serializer.Manifest(sample.Message)), Convert.FromHexString(sample.Hex)))];

    public override string Name => Called;

    public override ValueTask TakeAsync(FuzzInput input)
    {
        foreach (var step in input.Steps)
        {
            if (step.Who == Refusing)
                Refuse(step.Bytes);
            else if (step.Who < Manifests.Length)
                Read(step.Bytes, Manifests[step.Who]);
        }

        Cut(input);
        return ValueTask.CompletedTask;
    }

    protected override FuzzInput Mutation(Chance chance)
    {
        var (manifest, bytes) = chance.Of<(int, byte[])>(Valid);
        var who = chance.Percent(80) ? manifest : chance.Below(Manifests.Length);
        return new FuzzInput(new FuzzStep(who, chance.Percent(90) ? Mutator.Change(chance, bytes, chance.Of<(int Manifest, byte[] Bytes)>(Valid).Bytes) : Mutator.Any(chance, 100)));
    }

    protected override FuzzInput Acts(Chance chance)
    {
        if (chance.Percent(50))
            return new FuzzInput([.. Frames(chance)]);
        if (chance.Percent(1))
            return new FuzzInput(TooLong(chance));

        return new FuzzInput([.. Enumerable.Range(0, chance.Between(1, 4)).Select(_ => chance.Percent(10)
            ? new FuzzStep(Refusing, Mutator.Any(chance, 60))
            : Nested(chance))]);
    }

    // What a node of ours never says, of a kind that it does.
    private static FuzzStep TooLong(Chance chance)
    {
        ILetter letter = chance.Below(3) switch
        {
            0 => new OperatorQuestion(1, 2, new string('t', OperatorQuestion.MaxTopic + chance.Below(3)), Array.Empty<byte>()),
            1 => new OperatorQuestion(1, 2, "topic", new byte[OperatorQuestion.MaxBody + chance.Below(3)]),
            _ => new OperatorAnswer(1, 2, Skip: 0, OperatorAnswer.MaxTotal + chance.Below(3), Array.Empty<byte>()),
        };
        return new FuzzStep(Array.IndexOf(Manifests, "pa"), Serializer.ToBinary(Samples.InParcel(letter)));
    }

    // A bag of valid parcels, damaged ones, and fields that are repeated or unknown.
    private static FuzzStep Nested(Chance chance)
    {
        var bag = new List<byte>();
        for (var parcels = chance.Below(5); parcels > 0; parcels--)
        {
            var (manifest, bytes) = chance.Of<(int Manifest, byte[] Bytes)>(Valid);
            var parcel = chance.Percent(70) ? bytes : Mutator.Change(chance, bytes, bytes);
            if (manifest == 1 && parcel.Length < 0x80 && chance.Percent(90))
                bag.AddRange([0x0A, (byte)parcel.Length, .. parcel]);
            else
                bag.AddRange(chance.Below(5) switch
                {
                    0 => [0x10, (byte)chance.Below(256)],
                    1 => [0x19, 1, 2, 3, 4, 5, 6, 7, 8],
                    2 => [0x25, 1, 2, 3, 4],
                    3 => [0x1A, 1, 0],
                    _ => parcel,
                });
        }

        return new FuzzStep(chance.Percent(90) ? 0 : 1, [.. bag]);
    }

    private static IEnumerable<FuzzStep> Frames(Chance chance)
    {
        var stream = new List<byte>();
        for (var frames = chance.Between(1, 5); frames > 0; frames--)
        {
            var payload = Mutator.Any(chance, chance.Percent(5) ? MostOfFrame + 10 : 40);
            stream.AddRange([.. BitConverter.GetBytes(payload.Length), .. payload]);
        }

        var sent = chance.Percent(50) ? [.. stream] : Mutator.Change(chance, [.. stream], []);
        return Mutator.Pieces(chance, sent).Select(piece => new FuzzStep(Framed, piece));
    }

    private static void Read(byte[] bytes, string manifest)
    {
        var most = Allowance + (AllowedForByte * (long)bytes.Length);
        var (message, taken) = TryRead(bytes, manifest);
        if (taken > most)
            (message, taken) = TryRead(bytes, manifest); // what is made once for all, or by the collector, is not taken again
        FuzzException.Unless(taken <= most, $"{bytes.Length} bytes under '{manifest}' take {taken} bytes of memory.");
        if (message is null)
            return;

        FuzzException.Unless(message is IClusterMessage, $"{message.GetType()} is no message of ours.");
        FuzzException.Unless(string.Equals(manifest, Serializer.Manifest(message), StringComparison.Ordinal), "What was read goes under another manifest.");
        var again = Serializer.FromBinary(Serializer.ToBinary(message), manifest);
        FuzzException.Unless(
            string.Equals(MessageText.Of(message), MessageText.Of(again), StringComparison.Ordinal), $"{MessageText.Of(message)} becomes {MessageText.Of(again)}");
    }

    private static (object? Message, long Taken) TryRead(byte[] bytes, string manifest)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        object? message = null;
        try
        {
            message = Serializer.FromBinary(bytes, manifest);
        }
        catch (SerializationException)
        {
            // It is refused.
        }

        return (message, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Refuse(byte[] bytes)
    {
        try
        {
            Refuser.FromBinary(bytes, typeof(object));
        }
        catch (SerializationException)
        {
            return;
        }

        throw new FuzzException("The serializer that refuses has built something.");
    }

    private static void Cut(FuzzInput input)
    {
        byte[] all = [.. input.Steps.Where(step => step.Who == Framed).SelectMany(step => step.Bytes)];
        var (expected, isWrong) = Expected(all);
        var waiting = Array.Empty<byte>();
        var found = new List<byte[]>();
        var refused = false;
        try
        {
            foreach (var step in input.Steps.Where(step => step.Who == Framed))
            {
                var buffer = Segments.Of(waiting, step.Bytes);
                while (FrameReader.TryTake(ref buffer, MostOfFrame, out var message))
                    found.Add(message.ToArray());
                waiting = buffer.ToArray();
            }
        }
        catch (InvalidDataException)
        {
            refused = true;
        }

        FuzzException.Unless(refused == isWrong && found.Count == expected.Count && found.Zip(expected).All(both => both.First.AsSpan().SequenceEqual(both.Second)), "Frames between nodes are not cut as they were put together.");
    }

    private static (List<byte[]> Frames, bool IsWrong) Expected(byte[] all)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at + FrameReader.Header <= all.Length;)
        {
            var length = all[at] | (all[at + 1] << 8) | (all[at + 2] << 16) | (all[at + 3] << 24);
            if (length is < 0 or > MostOfFrame)
                return (frames, true);
            if (at + FrameReader.Header + length > all.Length)
                break;

            frames.Add(all[(at + FrameReader.Header)..(at + FrameReader.Header + length)]);
            at += FrameReader.Header + length;
        }

        return (frames, false);
    }
}
