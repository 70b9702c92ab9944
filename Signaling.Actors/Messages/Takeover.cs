namespace Signaling.Actors.Messages;

/// <summary>Who wins an address that somebody holds, in an app without sharing.</summary>
public enum Takeover
{
    /// <summary>The holder keeps it, and who asks for it is denied. The original's.</summary>
    Reject,

    /// <summary>Who asks for it wins it from a holder of the same <see cref="Owner"/>, and is denied by any other.</summary>
    SameTokenWins,

    /// <summary>Who asks for it wins it.</summary>
    NewestWins,
}
