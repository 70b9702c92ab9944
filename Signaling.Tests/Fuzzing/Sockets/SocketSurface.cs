using System.Buffers;
using Signaling.Gateway.WebSockets;
using Signaling.Tests.Gateway.WebSockets;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>Peers' sockets over connections in memory: the bytes of WebSockets, in any pieces, and what the server does meanwhile.</summary>
internal sealed class SocketSurface : Surface
{
    public const string Called = "sockets";

    private const byte Binary = 2;
    private const int Peers = 3;
    private const int Sends = 3;
    private const int Closes = 4;
    private const int Holds = 5;
    private const int GoesOn = 6;
    private const int Ends = 7;
    private const int Breaks = 8;
    private const int LosesLease = 9;
    private const int Waits = 10;
    private const int Crowd = 30; // messages, more than may wait for the connection

    public override string Name => Called;

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        Look(input);
        var cases = new SocketCase?[Peers];
        foreach (var step in input.Steps)
        {
            var argument = step.Bytes.Length > 0 ? step.Bytes[0] : 0;
            var who = step.Who < Peers ? step.Who : argument % Peers;
            var one = cases[who] ??= new SocketCase(new MemoryEnd(), isLogged: input.Steps.Length % 2 == 0);
            switch (step.Who)
            {
                case < Peers:
                    await one.SayAsync(step.Bytes);
                    break;
                case Sends:
                    one.Send(new byte[argument * argument]);
                    break;
                case Closes:
                    one.Close();
                    break;
                case Holds:
                    one.Hold(true);
                    break;
                case GoesOn:
                    one.Hold(false);
                    break;
                case Ends:
                    one.End();
                    break;
                case Breaks:
                    one.Break();
                    break;
                case LosesLease:
                    one.LoseLease();
                    break;
                default:
                    one.Wait();
                    break;
            }
        }

        foreach (var one in cases)
            await (one?.CheckAsync() ?? Task.CompletedTask);
    }

    protected override FuzzInput Mutation(Chance chance) => PeerFrames.Mutation(chance);

    protected override FuzzInput Acts(Chance chance) => new([.. Enumerable.Range(0, chance.Between(2, 15)).SelectMany(_ => Act(chance))]);

    private static IEnumerable<FuzzStep> Act(Chance chance)
    {
        var act = chance.Below(16);
        if (act is >= Sends and <= Waits && (act <= GoesOn || chance.Percent(40)))
            return [new FuzzStep(act, [(byte)chance.Below(256)])];

        var who = chance.Below(Peers);
        if (act > Waits && chance.Percent(3))
            return Enumerable.Repeat(new FuzzStep(who, ClientFrame.Of(Binary, new byte[SocketCase.MaxPayload])), Crowd);
        return Mutator.Pieces(chance, PeerFrames.Message(chance)).Select(piece => new FuzzStep(who, piece));
    }

    // The parser by itself, which is to say the same however the bytes come.
    private static void Look(FuzzInput input)
    {
        var said = input.Steps.Where(step => step.Who == 0).Select(step => step.Bytes).ToArray();
        byte[] all = [.. said.SelectMany(one => one)];
        var expected = new PlainParser(all, SocketCase.MaxPayload);
        var parser = new MessageParser(SocketCase.MaxPayload);
        var waiting = Array.Empty<byte>();
        var (messages, ended) = (0, false);
        foreach (var piece in said)
        {
            var bytes = Segments.Of(waiting, piece);
            for (var next = parser.Next(ref bytes); !ended && next != MessageParser.Found.Nothing; next = parser.Next(ref bytes))
            {
                if (next == MessageParser.Found.Message)
                    FuzzException.Unless(messages < expected.Messages.Count && parser.Payload.AsSpan().SequenceEqual(expected.Messages[messages++]), "A message is not what was sent.");
                ended = next is MessageParser.Found.Fault or MessageParser.Found.Close or MessageParser.Found.TooLarge;
                if (ended)
                    break;
            }

            if (ended)
                break;
            waiting = bytes.ToArray();
        }

        FuzzException.Unless(messages == expected.Messages.Count && ended == expected.Status is not null, "The parser makes another end of it.");
        FuzzException.Unless(!ended || expected.IsClosed == parser.Close is not null, "A close frame is taken for what it is not.");
    }
}
