namespace Signaling.Tests.Simulation;

/// <summary>Something that is told things at a time.</summary>
internal abstract class SimActor
{
    /// <summary>The process that it lives in: what comes while that is stopped waits, what comes later is lost. Null: none.</summary>
    public virtual SimNode? Node => null;

    /// <summary>It is time.</summary>
    /// <param name="message">What it is told.</param>
    /// <param name="number">What belongs to it.</param>
    public abstract void Handle(object? message, long number);
}
