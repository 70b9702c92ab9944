using System.Runtime.InteropServices;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>What a peer reads, as far as it acts on it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Word(EventType Type, PeerLink? Link);

/// <summary>Which frame of which link something was.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SentName(LinkName Link, long Number);

/// <summary>What a peer asks for.</summary>
internal enum AskedKind
{
    Listen,
    Release,
    Connect,
    Heartbeat,
}

/// <summary>Something that a peer has asked for and is owed an answer to.</summary>
/// <param name="kind">What.</param>
/// <param name="address">The address.</param>
/// <param name="link">The link that it has asked for.</param>
internal sealed class Asked(AskedKind kind, string address, PeerLink? link)
{
    public AskedKind Kind { get; } = kind;

    public string Address { get; } = address;

    public PeerLink? Link { get; } = link;

    /// <summary>When its turn came, in ms; -1: it has not.</summary>
    public long TurnAt { get; set; } = -1;

    public long PausedBefore { get; set; }
}
