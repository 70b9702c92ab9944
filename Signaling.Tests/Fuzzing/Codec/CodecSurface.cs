using Signaling.Actors.Protocol;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Codec;

/// <summary>
/// The messages of the wire protocol: read by themselves, and by the connections of a few peers that talk to each other. Whatever
/// they say, nothing is thrown, nothing goes on for ever, and all that a peer gets is a message.
/// </summary>
internal sealed class CodecSurface : Surface
{
    public const string Called = "codec";

    private static readonly string[] Addresses = ["a", "ab", "axxb", "room", "", "Räume/*", new('x', 256), new('x', 257), "half \uD800"];
    private static readonly short[] Ids = [1, 2, 16384, -1, 0, 7, short.MaxValue, short.MinValue];

    public override string Name => Called;

    public override ValueTask TakeAsync(FuzzInput input)
    {
        var town = new Town(isShared: input.Steps.Length % 2 == 0);
        foreach (var step in input.Steps)
        {
            CodecCheck.Look(step.Bytes);
            town.Take(step);
        }

        town.End();
        return ValueTask.CompletedTask;
    }

    protected override FuzzInput Mutation(Chance chance) => new(
        [.. Opening(), .. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => new FuzzStep(chance.Below(Town.Peers), Mutator.Change(chance, Valid(chance), Valid(chance)))), .. Filler(chance)]);

    protected override FuzzInput Acts(Chance chance) => new([.. Enumerable.Range(0, chance.Between(2, 30)).Select(_ => Act(chance))]);

    // Two who are connected, so that what is said over a link is too.
    private static FuzzStep[] Opening() =>
        [new(0, Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "room")), new(1, Frame.Of(EventType.NewConnection, 1, "room"))];

    private static FuzzStep[] Filler(Chance chance) => chance.Percent(50) ? [new(Town.TimePasses, [1])] : [];

    private static FuzzStep Act(Chance chance) => chance.Below(22) switch
    {
        0 => new FuzzStep(Town.Leaves, [(byte)chance.Below(Town.Peers)]),
        1 or 2 => new FuzzStep(Town.TimePasses, [(byte)chance.Below(256)]),
        3 => new FuzzStep(Town.Loses, [(byte)chance.Below(4)]),
        4 => new FuzzStep(Town.NodeGoes, [(byte)chance.Below(Town.Peers)]),
        5 => new FuzzStep(Town.StopsReading, [(byte)chance.Below(Town.Peers)]),
        6 => new FuzzStep(chance.Below(Town.Peers), Mutator.Change(chance, Valid(chance), Valid(chance))),
        7 => new FuzzStep(Town.Stands, [(byte)chance.Below(2)]),
        8 when chance.Percent(50) => new FuzzStep(Town.Revokes, []),
        9 => new FuzzStep(Town.RelayStops, []),
        _ => new FuzzStep(chance.Below(Town.Peers), Valid(chance)),
    };

    private static byte[] Valid(Chance chance) => chance.Below(11) switch
    {
        0 => Frame.Version(),
        1 => Frame.Heartbeat(),
        2 or 3 => Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, chance.Of<string>(Addresses)),
        4 or 5 => Frame.Of(EventType.NewConnection, chance.Of<short>(Ids), chance.Of<string>(Addresses)),
        6 => Frame.Of(EventType.Disconnected, chance.Of<short>(Ids)),
        7 => Frame.Of(EventType.ServerClosed, FrameHeader.NoId),
        8 => Frame.Of(EventType.UnreliableMessageReceived, chance.Of<short>(Ids), Mutator.Any(chance, 40)),
        9 => Frame.Of(EventType.ReliableMessageReceived, chance.Of<short>(Ids), new byte[chance.Percent(2) ? 40_000 : chance.Below(100)]),
        _ => Frame.Of((EventType)chance.Below(256), chance.Of<short>(Ids)),
    };
}
