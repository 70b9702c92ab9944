using Akka.Actor;

namespace Signaling.Actors.Dispatch;

/// <summary>
/// How to make one of many actors of a kind. What they have in common is made once; Akka's own ways, by an expression or by
/// arguments, make it anew for each, and find the constructor by reflection.
/// </summary>
internal sealed class LeanProps<TState> : Props
{
    private readonly Func<TState, ActorBase> _make;
    private readonly TState _state;

    /// <summary>How to make one.</summary>
    /// <param name="kind">What they have in common, by <see cref="LeanProps.Of{TActor}"/>.</param>
    /// <param name="make">Makes one.</param>
    /// <param name="state">What it is made of.</param>
    public LeanProps(Props kind, Func<TState, ActorBase> make, TState state)
        : base(kind) => (_make, _state) = (make, state);

    /// <inheritdoc/>
    public override ActorBase NewActor() => _make(_state);

    /// <inheritdoc/>
    protected override Props Copy() => new LeanProps<TState>(this, _make, _state);
}

/// <summary>What <see cref="LeanProps{TState}"/> have in common.</summary>
internal static class LeanProps
{
    /// <summary>A kind of actor that runs on the <see cref="ChainDispatcher"/>, with a <see cref="LeanMailbox"/>.</summary>
    public static Props Of<TActor>()
        where TActor : ActorBase =>
        Props.Create<TActor>().WithDispatcher(ChainDispatcher.Name).WithMailbox(LeanMailbox.Name);
}
