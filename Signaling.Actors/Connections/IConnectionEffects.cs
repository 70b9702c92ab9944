using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>What a <see cref="ConnectionState"/> has done about its input, in order. The shell carries it out.</summary>
public interface IConnectionEffects
{
    /// <summary>Sends a whole message to the peer. How many of all that were sent are written comes back as an input.</summary>
    void Write(ReadOnlyMemory<byte> frame);

    /// <summary>Sends a request to an address, through the shard region.</summary>
    void Request(IAddressRequest request);

    /// <summary>Sends a letter to another connection.</summary>
    void Tell(ConnectionUid to, ILetter letter);

    /// <summary>Sends a letter to one life of an address.</summary>
    void Tell(AddressUid to, ILetter letter);

    /// <summary>Tells the NodeActor of this node: <see cref="GivenBack"/>.</summary>
    void GiveBack(string key, ReservationName name);

    /// <summary>Says that one message of the peer has been dealt with, so that as much may be read again.</summary>
    /// <param name="bytes">Its length.</param>
    void Consumed(int bytes);

    /// <summary>Counts a message of the peer that means nothing.</summary>
    void Ignored(IgnoredMessage reason);

    /// <summary>Counts something that was denied.</summary>
    void Refused(Refusal reason);

    /// <summary>Says what has become of something that the peer has asked for.</summary>
    void Happened(in PeerStep step);

    /// <summary>All that the peer has said is dealt with and its socket may close; ends of links may still be under way.</summary>
    void CloseSocket();

    /// <summary>Tells the NodeActor of this node: <see cref="LinkBroken"/>.</summary>
    void Break(BrokenLink link);

    /// <summary>Ends the connection. It is the last effect.</summary>
    void Stop();
}

/// <summary>Why a message of a peer was ignored. The connection stays.</summary>
public enum IgnoredMessage
{
    /// <summary>Too short, a data type that doesn't exist, or a length beyond the message's end.</summary>
    Malformed,

    /// <summary>A type that peers don't send.</summary>
    Type,

    /// <summary>A reserve without an address.</summary>
    NoAddress,

    /// <summary>Data for a link that the peer doesn't have.</summary>
    UnknownLink,
}
