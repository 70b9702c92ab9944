using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>The requests that an address keeps until the roll of its shard has been called.</summary>
internal sealed class WaitingRequests
{
    private const int Most = 4096; // more come again with their repeats
    private OrderedDictionary<IAddressRequest, ConnectionUid>? _inOrder; // each with who asks

    public bool IsEmpty => _inOrder is null;

    /// <summary>Keeps a request; a repeat of one that waits already is left out.</summary>
    public void Keep(IAddressRequest request)
    {
        if ((_inOrder ??= []).Count < Most)
            _inOrder.TryAdd(request, AskerOf(request));
    }

    /// <summary>Forgets those of a node: nobody is left to give back what they would get.</summary>
    public void NodeLost(int node)
    {
        for (var i = (_inOrder?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_inOrder!.GetAt(i).Value.Node == node)
                _inOrder.RemoveAt(i);
        }

        if (_inOrder is { Count: 0 })
            _inOrder = null;
    }

    /// <summary>Takes them all, in the order they came.</summary>
    public IReadOnlyList<IAddressRequest> TakeAll()
    {
        IReadOnlyList<IAddressRequest> all = _inOrder?.Keys ?? (IReadOnlyList<IAddressRequest>)[];
        _inOrder = null;
        return all;
    }

    private static ConnectionUid AskerOf(IAddressRequest request) => request switch
    {
        Reserve reserve => reserve.Reservation.Connection,
        Release release => release.Reservation.Connection,
        Connect connect => connect.Link.Initiator,
        Join join => join.Link.Initiator,
        _ => default,
    };
}
