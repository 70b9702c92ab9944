namespace Signaling.Gateway.Tokens;

/// <summary>Why a token is refused. Peers are not told; the figures and the log are.</summary>
internal enum TokenFault
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is not registered, or no more, and not signed either.</summary>
    NotRegistered,

    /// <summary>It is no admin token.</summary>
    NotAdmin,

    /// <summary>It has the shape of a signed token, but can't be read.</summary>
    Malformed,

    /// <summary>It names an algorithm that no key is for.</summary>
    Algorithm,

    /// <summary>It names a key that is not known.</summary>
    UnknownKey,

    /// <summary>No key that it may be signed with has signed it.</summary>
    Signature,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>It does not say when it expires.</summary>
    NoExpiry,

    /// <summary>It is not good yet.</summary>
    NotYetValid,

    /// <summary>It is good for longer than is allowed.</summary>
    LongLife,

    /// <summary>Somebody else has issued it.</summary>
    Issuer,

    /// <summary>It is meant for somebody else.</summary>
    Audience,

    /// <summary>What it grants can't be read.</summary>
    Grant,

    /// <summary>It is not for the app that is asked for.</summary>
    App,
}
