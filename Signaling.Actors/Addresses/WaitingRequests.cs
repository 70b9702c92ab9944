using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>The requests that an address keeps until the roll of its shard has been called.</summary>
internal sealed class WaitingRequests
{
    private const int Most = 4096; // more come again with their repeats
    private readonly HashSet<IAddressRequest> _known = [];
    private List<IAddressRequest> _inOrder = [];

    public bool IsEmpty => _inOrder.Count == 0;

    /// <summary>Keeps a request; a repeat of one that waits already is left out.</summary>
    public void Keep(IAddressRequest request)
    {
        if (_inOrder.Count < Most && _known.Add(request))
            _inOrder.Add(request);
    }

    /// <summary>Forgets those of a node: nobody is left to give back what they would get.</summary>
    public void NodeLost(int node)
    {
        _inOrder.RemoveAll(request => AskerOf(request).Node == node);
        _known.RemoveWhere(request => AskerOf(request).Node == node);
    }

    /// <summary>Takes them all, in the order they came.</summary>
    public IReadOnlyList<IAddressRequest> TakeAll()
    {
        var all = _inOrder;
        _inOrder = [];
        _known.Clear();
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
