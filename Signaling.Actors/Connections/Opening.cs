using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>A link that this connection has asked for and that is not open yet.</summary>
/// <param name="request">The request, for repeats.</param>
/// <param name="link">The link to be.</param>
/// <param name="host">The node of the connection that it leads to, where that is known.</param>
/// <param name="chosenId">The id that the peer has chosen for it; null where the link comes of a shared address.</param>
internal sealed class Opening(IAddressRequest request, LinkName link, int? host, short? chosenId)
{
    public IAddressRequest Request { get; } = request;

    public LinkName Link { get; } = link;

    public short? ChosenId { get; } = chosenId;

    public Accepted? Acceptance { get; private set; }

    public bool IsAnswered => IsRefused || Acceptance is not null;

    /// <summary>Whether the other end has sent something already. It was told to wait until the link is open here.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Whether no answer has come in time.</summary>
    public bool IsGivenUp { get; private set; }

    private bool IsRefused { get; set; }

    /// <summary>The other end has accepted.</summary>
    /// <returns>False where another has already, or the link is given up.</returns>
    public bool TryAccept(Accepted accepted)
    {
        if (!IsAnswered)
            Acceptance = accepted;
        return Acceptance?.Acceptor == accepted.Acceptor;
    }

    /// <summary>Takes a letter about the link.</summary>
    /// <returns>Whether its sender is to be told to wait.</returns>
    public bool Take(ILinkLetter letter)
    {
        switch (letter)
        {
            case Refused:
                IsRefused = Acceptance is null;
                return false;
            case LinkGone gone when Acceptance is null || Acceptance.Acceptor == gone.From:
                Refuse();
                return false;
            case LinkFrame or LinkEnd:
                IsAwaited = true;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Ends the wait for an answer.</summary>
    public void GiveUp() => IsRefused = IsGivenUp = Acceptance is null;

    /// <summary>A node has left: a link that would end there does not open.</summary>
    public void NodeRemoved(int node)
    {
        if ((Acceptance?.Acceptor.Node ?? host) == node)
            Refuse();
    }

    private void Refuse() => (Acceptance, IsRefused) = (null, true);
}
