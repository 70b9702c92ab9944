using Akka.Actor;

namespace Signaling.Actors.Messages;

/// <summary>
/// Delivers letters by uid, wherever their receiver lives: on this node straight to its mailbox, elsewhere by the
/// lane to that node. Letters of one sender to one receiver arrive in order or not at all. Thread-safe.
/// </summary>
public interface IPost
{
    /// <summary>The uid of this node.</summary>
    int Node { get; }

    /// <summary>Names a connection of this node, so that letters reach it.</summary>
    /// <returns>A name with a number from 1 on that this node never gives out again.</returns>
    ConnectionUid RegisterConnection(IActorRef actor);

    /// <summary>Names one life of an address of this node, so that letters reach it.</summary>
    /// <returns>A name with a number from 1 on that this node never gives out again.</returns>
    AddressUid RegisterAddress(IActorRef actor);

    /// <summary>Ends either. Later letters to the number are <see cref="Undeliverable"/>.</summary>
    void Unregister(long number);

    /// <summary>Sends a letter.</summary>
    /// <param name="node">The receiver's node.</param>
    /// <param name="number">The receiver's number there.</param>
    /// <param name="letter">The letter.</param>
    /// <param name="sender">The actor that sends it.</param>
    void Send(int node, long number, ILetter letter, IActorRef sender);

    /// <summary>Tells the NodeActor of this node something that stays on this node.</summary>
    /// <param name="message">One of the local messages.</param>
    /// <param name="sender">The actor that sends it.</param>
    void TellNode(object message, IActorRef sender);
}
