using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>A link that this connection has asked for and that is not open yet.</summary>
/// <param name="request">The request, for repeats.</param>
/// <param name="link">The link to be.</param>
/// <param name="chosenId">The id that the peer has chosen for it; null where the link comes of a shared address.</param>
internal sealed class Opening(IAddressRequest request, LinkName link, short? chosenId)
{
    private List<ILinkLetter>? _early;

    public IAddressRequest Request { get; } = request;

    public LinkName Link { get; } = link;

    public short? ChosenId { get; } = chosenId;

    public Accepted? Acceptance { get; private set; }

    public bool IsRefused { get; private set; }

    public bool IsAnswered => IsRefused || Acceptance is not null;

    /// <summary>What came over the link before its acceptance, or before it was this link's turn to open.</summary>
    public IReadOnlyList<ILinkLetter> Early => _early ?? (IReadOnlyList<ILinkLetter>)[];

    public void Take(ILinkLetter letter)
    {
        switch (letter)
        {
            case Accepted accepted:
                Acceptance ??= accepted;
                break;
            case Refused:
                GiveUp();
                break;
            default:
                (_early ??= []).Add(letter);
                break;
        }
    }

    /// <summary>Ends the wait for an answer.</summary>
    public void GiveUp() => IsRefused = Acceptance is null;

    /// <summary>A node has left: a link that would end there, or go through an address there, does not open.</summary>
    public void NodeLost(int node)
    {
        if (Acceptance is { } accepted && (accepted.Acceptor.Node == node || accepted.Relay.Node == node))
            (Acceptance, IsRefused) = (null, true);
    }
}
