using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>
/// The shards that have not answered this connection in time of late. Another request to one of them waits only briefly, so
/// that a peer that asks for much is not kept waiting for minutes.
/// </summary>
internal sealed class SlowShards
{
    private const long Memory = 30_000;
    private Dictionary<int, long>? _until;

    /// <summary>How long a request may take, in ms.</summary>
    public long PatienceWith(string key, long now) =>
        _until is not null && _until.TryGetValue(Shards.Of(key), out var until) && now < until
            ? ConnectionState.ImpatientTimeout
            : ConnectionState.RequestTimeout;

    /// <summary>A request was given up.</summary>
    public void GaveUp(string key, long now) => (_until ??= [])[Shards.Of(key)] = now + Memory;

    /// <summary>A request was answered.</summary>
    public void Answered(string key) => _until?.Remove(Shards.Of(key));
}
