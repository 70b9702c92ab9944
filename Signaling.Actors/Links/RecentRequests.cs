using Signaling.Actors.Messages;

namespace Signaling.Actors.Links;

/// <summary>
/// The newest request for a link of each connection of late, so that a repeat that comes when its link is over does not
/// open it again. Repeats end after 10 s; what is older than that is forgotten.
/// </summary>
internal sealed class RecentRequests
{
    private const long Generation = 30_000;
    private Dictionary<ConnectionUid, long> _recent = [];
    private Dictionary<ConnectionUid, long> _older = [];
    private long _since;

    /// <summary>Notes a request.</summary>
    /// <param name="connection">Who asks.</param>
    /// <param name="request">The number of the request.</param>
    /// <param name="now">The clock of who notes it, in ms.</param>
    /// <returns>Whether it is newer than all that were noted of the connection.</returns>
    public bool TryNote(ConnectionUid connection, long request, long now)
    {
        if (now - _since >= Generation)
        {
            (_older, _recent) = (_recent, []);
            _since = now;
        }

        if (_recent.TryGetValue(connection, out var last) || _older.TryGetValue(connection, out last))
        {
            if (request <= last)
                return false;
        }

        _recent[connection] = request;
        return true;
    }
}
