namespace Signaling.Gateway.Node;

/// <summary>What the gateway asks of the actors as a whole.</summary>
internal interface INodeActors
{
    /// <summary>Is cancelled when the node's lease has run out: its sockets are to be closed.</summary>
    CancellationToken LeaseEnded { get; }

    /// <summary>Is cancelled when the node serves nobody any more, for its lease has run out or its actors have ended.</summary>
    CancellationToken Over { get; }

    /// <summary>Completes when the node reaches no address any more: who comes then is better off elsewhere.</summary>
    Task UntilAddressesEndAsync();

    /// <summary>
    /// Completes when no connection is left, and the other nodes know of all links that are over and that no more will come.
    /// The actors must not be given a socket afterwards.
    /// </summary>
    Task TakeLeaveAsync(CancellationToken cancellation);
}
