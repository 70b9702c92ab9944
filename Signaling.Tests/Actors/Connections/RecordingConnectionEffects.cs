using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Connections;

/// <summary>Notes what a connection does.</summary>
internal sealed class RecordingConnectionEffects : IConnectionEffects
{
    private readonly List<Done> _done = [];

    /// <summary>The lengths of the peer's messages that have been dealt with, all of them.</summary>
    public List<int> Consumed { get; } = [];

    /// <summary>The letters sent, all of them, for handing on.</summary>
    public List<(object To, ILetter Letter)> Letters { get; } = [];

    /// <summary>What who runs the service is told, all of it.</summary>
    public List<PeerStep> Steps { get; } = [];

    /// <summary>How many messages were handed to the peer's socket.</summary>
    public long Writes { get; private set; }

    /// <summary>What was done since the last call.</summary>
    public Done[] Take()
    {
        Done[] done = [.. _done];
        _done.Clear();
        return done;
    }

    void IConnectionEffects.Write(ReadOnlyMemory<byte> frame)
    {
        Writes++;
        _done.Add(new Wrote(frame));
    }

    void IConnectionEffects.Request(IAddressRequest request) => _done.Add(new Asked(request));

    void IConnectionEffects.Tell(ConnectionUid to, ILetter letter) => Note(to, letter);

    void IConnectionEffects.Tell(AddressUid to, ILetter letter) => Note(to, letter);

    void IConnectionEffects.GiveBack(string key, ReservationName name) => _done.Add(new GaveBack(key, name));

    void IConnectionEffects.Consumed(int bytes) => Consumed.Add(bytes);

    void IConnectionEffects.Ignored(IgnoredMessage reason) => _done.Add(new Ignored(reason));

    void IConnectionEffects.Refused(Refusal reason) => _done.Add(new Counted(reason));

    void IConnectionEffects.Happened(in PeerStep step) => Steps.Add(step);

    void IConnectionEffects.CloseSocket() => _done.Add(new ClosedSocket());

    void IConnectionEffects.Break(BrokenLink link) => _done.Add(new Broke(link));

    void IConnectionEffects.Stop() => _done.Add(new Stopped());

    private void Note(object to, ILetter letter)
    {
        Letters.Add((to, letter));
        _done.Add(new Told(to, letter));
    }
}
