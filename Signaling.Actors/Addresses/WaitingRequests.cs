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

    /// <summary>Takes them all, in the order they came.</summary>
    public IReadOnlyList<IAddressRequest> TakeAll()
    {
        var all = _inOrder;
        _inOrder = [];
        _known.Clear();
        return all;
    }
}
