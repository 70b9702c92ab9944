using Akka.Actor;

namespace Signaling.Actors.Messages;

/// <summary>Time has passed for an actor that waits for something. Local.</summary>
internal sealed class Tick : INoSerializationVerificationNeeded
{
    public static readonly Tick Instance = new();

    private Tick()
    {
    }
}
