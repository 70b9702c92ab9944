using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>
/// First words and messages of nodes and of others over connections in memory, by ones that came and ones that were dialled. They are
/// refused for what is wrong, or heard as they were sent; and nothing takes memory that has not come.
/// </summary>
internal sealed class AssociationSurface : Surface
{
    public const string Called = "association";

    private const int Says = 0;
    private const int WasDialled = 1; // and says
    private const int Writes = 2;
    private const int Leaves = 3;
    private const int Breaks = 4;
    private const long Allowance = 128 * 1024;
    private const int AllowedForByte = 2_000; // each may come by itself

    public override string Name => Called;

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        var (taken, most) = await RunAsync(input);
        if (taken > most)
            (taken, most) = await RunAsync(input); // what is made once for all, or by the collector, is not taken again
        FuzzException.Unless(taken <= most, $"What may take {most} bytes of memory takes {taken}.");
    }

    protected override FuzzInput Mutation(Chance chance)
    {
        var who = chance.Percent(70) ? Says : WasDialled;
        return new FuzzInput([.. Mutator.Pieces(chance, Mutator.Change(chance, NodeWords.Any(chance), NodeWords.Any(chance))).Select(piece => new FuzzStep(who, piece))]);
    }

    protected override FuzzInput Acts(Chance chance)
    {
        var who = chance.Percent(60) ? Says : WasDialled;
        var steps = Mutator.Pieces(chance, NodeWords.Any(chance)).Select(piece => new FuzzStep(who, piece)).ToList();
        for (var acts = chance.Below(5); acts > 0; acts--)
        {
            var act = chance.Percent(80) ? new FuzzStep(Writes, Mutator.Any(chance, 100)) : new FuzzStep(chance.Between(Leaves, Breaks), []);
            steps.Insert(chance.Below(steps.Count + 1), act);
        }

        return new FuzzInput([.. steps]);
    }

    private static async Task<(long Taken, long Most)> RunAsync(FuzzInput input)
    {
        var one = new AssociationCase(Array.Exists(input.Steps, step => step.Who == WasDialled));
        long taken = 0;
        foreach (var step in input.Steps)
        {
            var (before, thread) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CurrentManagedThreadId);
            switch (step.Who)
            {
                case Says or WasDialled:
                    await one.SayAsync(step.Bytes);
                    break;
                case Writes:
                    one.Write(step.Bytes);
                    break;
                case Leaves:
                    one.Leave();
                    break;
                default:
                    one.Break();
                    break;
            }

            if (thread == Environment.CurrentManagedThreadId)
                taken += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        await one.CheckAsync();
        return (taken, Allowance + (AllowedForByte * (long)(one.Came + input.Steps.Sum(step => step.Bytes.Length))));
    }
}
