using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing;

/// <summary>Something that reads what others send.</summary>
internal abstract class Surface : IAsyncDisposable
{
    /// <summary>What it is called in figures and messages.</summary>
    public abstract string Name { get; }

    /// <summary>The input of a seed: half of them change valid bytes, half are acts of several peers.</summary>
    public FuzzInput Make(ulong seed)
    {
        var chance = new Chance(Chance.Mix(seed));
        return seed % 2 == 0 ? Mutation(chance) : Acts(chance);
    }

    /// <summary>Gets ready for inputs.</summary>
    public virtual Task StartAsync() => Task.CompletedTask;

    /// <summary>Takes an input; throws where anything is not as it must be. May run several at once.</summary>
    public abstract ValueTask TakeAsync(FuzzInput input);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Valid bytes that were changed.</summary>
    protected abstract FuzzInput Mutation(Chance chance);

    /// <summary>What several peers do, in any order.</summary>
    protected abstract FuzzInput Acts(Chance chance);
}
