using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>
/// A step of a peer that who runs the service may want to know of: what it has asked for and what has become of it, never what it has
/// said.
/// </summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Reason">Why.</param>
/// <param name="Peer">The peer's connection.</param>
/// <param name="Key">The key of the address; null: there is none, or it is not known.</param>
/// <param name="Link">The link, where it is about one.</param>
/// <param name="Other">The connection at the link's other end, where there is one.</param>
/// <param name="Traffic">What has gone over a link that is closed.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PeerStep(
    StepKind Kind,
    StepReason Reason,
    ConnectionUid Peer,
    string? Key = null,
    LinkName? Link = null,
    ConnectionUid? Other = null,
    LinkTraffic? Traffic = null);

/// <summary>What has happened.</summary>
public enum StepKind
{
    /// <summary>The peer holds an address.</summary>
    Listening,

    /// <summary>It has asked for one, and does not get it.</summary>
    ListenFailed,

    /// <summary>It no longer holds its address.</summary>
    ListenEnded,

    /// <summary>One of its links is open.</summary>
    LinkOpened,

    /// <summary>It has asked for a link, and does not get it.</summary>
    ConnectFailed,

    /// <summary>One of its links is closed.</summary>
    LinkClosed,

    /// <summary>Its socket is closed.</summary>
    Left,

    /// <summary>Its socket was refused: no connection was made for it.</summary>
    TurnedAway,
}

/// <summary>Why something has happened.</summary>
public enum StepReason
{
    /// <summary>It was asked for.</summary>
    Asked,

    /// <summary>Somebody holds the address.</summary>
    Taken,

    /// <summary>As many hold the shared address as may.</summary>
    Full,

    /// <summary>Nobody holds the address.</summary>
    NobodyThere,

    /// <summary>Its token does not let it.</summary>
    NoRight,

    /// <summary>The program that is asked does not let it.</summary>
    NotAdmitted,

    /// <summary>It has as many links as it may.</summary>
    TooManyLinks,

    /// <summary>The address is too long.</summary>
    TooLong,

    /// <summary>The request can't be read, or names an id that is in use.</summary>
    BadRequest,

    /// <summary>The address has not answered in time: its node is lost, or its shard is between two nodes.</summary>
    NoAnswer,

    /// <summary>It has asked for another address.</summary>
    AskedForAnother,

    /// <summary>Who runs the service has closed it.</summary>
    Closed,

    /// <summary>Another peer has taken its address over.</summary>
    TakenOver,

    /// <summary>Its socket is closed.</summary>
    PeerLeft,

    /// <summary>The other end has closed it, or its socket is closed.</summary>
    OtherLeft,

    /// <summary>The other end does not have it any more.</summary>
    OtherGone,

    /// <summary>The node of the other end is lost.</summary>
    NodeLost,

    /// <summary>The other end has taken nothing for too long.</summary>
    TooSlow,
}
