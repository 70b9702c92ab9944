using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>A letter that an address has sent, for comparison.</summary>
internal sealed record Told(ConnectionUid To, string Letter)
{
    public Told(ConnectionUid to, ILetter letter)
        : this(to, MessageText.Of(letter))
    {
    }
}

/// <summary>Notes what an address does.</summary>
internal sealed class RecordingAddressEffects : IAddressEffects
{
    private readonly List<Told> _told = [];

    /// <summary>What was sent since the last call.</summary>
    public Told[] Take()
    {
        Told[] told = [.. _told];
        _told.Clear();
        return told;
    }

    void IAddressEffects.Tell(ConnectionUid to, ILetter letter) => _told.Add(new Told(to, letter));
}
