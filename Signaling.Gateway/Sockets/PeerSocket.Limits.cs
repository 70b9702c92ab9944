using System.Net.WebSockets;
using Signaling.Gateway.Limits;
using Signaling.Gateway.WebSockets;

namespace Signaling.Gateway.Sockets;

/// <content>What a peer may send: where it sends more its socket is not read for a while, and TCP slows it down.</content>
internal sealed partial class PeerSocket
{
    // A shorter rest would take a timer for each message; a longer one at once would make the peer look dead.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    // Longer than any burst that is worth waiting for.
    private static readonly TimeSpan LongestSlowing = TimeSpan.FromSeconds(10);

    private static readonly CloseFrame TooFast = new(WebSocketCloseStatus.PolicyViolation, "Too fast");
    private static readonly CloseFrame NoMessage = new(WebSocketCloseStatus.PolicyViolation, "No message");

    private readonly PeerLimits? _limits;
    private PeerPace _pace;
    private long _slowedSince; // without having been found empty since; 0: it is not slowed down
    private long _awaitedSince; // the first message; 0: it has come, or may take for ever

    private void AskForFirstMessage()
    {
        if (Volatile.Read(ref _awaitedSince) is var since && (since == 0 || _limits!.Time.GetElapsedTime(since) < _limits.FirstMessageTime))
            return;

        _awaitedSince = 0;
        _metrics.LimitReached(LimitNames.FirstMessageTime);
        _writer.Close(NoMessage);
    }

    /// <summary>Counts a message, of any kind.</summary>
    /// <returns>Whether the peer may send another one now.</returns>
    private bool MayBeFollowed() => _limits is null || _pace.CountMessage(_limits, _pulse.LastHeard);

    /// <summary>Counts what was taken of the socket.</summary>
    /// <returns>Whether that is more than the peer may send for now.</returns>
    private bool IsAhead(long bytes)
    {
        if (_limits is null)
            return false;

        _pace.CountBytes(_limits, bytes);
        return _pace.Wait(_limits, _pulse.LastHeard, out _) > 0;
    }

    /// <summary>
    /// Reads nothing until the peer may send more. As long as it is not read it is not taken for silent. One that goes on and on is
    /// closed: what lies unread of it would be dealt with long after it has left.
    /// </summary>
    /// <returns>Whether it is to be read again.</returns>
    private async Task<bool> RestAsync()
    {
        _pace.Wait(_limits!, _pulse.LastHeard, out var limit);
        _metrics.LimitReached(limit);
        if (_slowedSince == 0)
            _slowedSince = _pulse.LastHeard;
        if (_limits!.Time.GetElapsedTime(_slowedSince) > LongestSlowing)
        {
            _writer.Close(TooFast);
            return false;
        }

        while (_pace.Wait(_limits, _pulse.Heard(), out _) is > 0 and var wait && !_writer.CloseSent.IsCompleted)
        {
            var rest = _limits.Time.GetElapsedTime(0, wait);
            await Task.Delay(rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest, _limits.Time);
        }

        return true;
    }
}
