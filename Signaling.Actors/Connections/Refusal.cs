namespace Signaling.Actors.Connections;

/// <summary>Why a peer was denied what it asked for, beyond what the original denies.</summary>
public enum Refusal
{
    /// <summary>Its rights do not let it, or not with that address.</summary>
    NoRight,

    /// <summary>The app's own program does not let it.</summary>
    NotAdmitted,

    /// <summary>It, or who holds the address, has as many links open as it may.</summary>
    Links,

    /// <summary>As many hold the shared address as may.</summary>
    Listeners,
}
