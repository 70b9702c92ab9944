using System.Diagnostics.CodeAnalysis;

namespace Signaling.Actors.Links;

/// <summary>
/// What is remembered for a while of each of many: between one and two generations after it was noted. Repeats of a request
/// end after 10 s; what may still be under way after a hand-over of its shard is younger than a generation.
/// </summary>
internal sealed class Recent<TKey, TValue>
    where TKey : notnull
{
    /// <summary>How long something is remembered at least, in ms.</summary>
    public const long Generation = 60_000;

    private Dictionary<TKey, TValue>? _recent;
    private Dictionary<TKey, TValue>? _older;
    private long _since = long.MinValue;

    /// <summary>Notes something, in the place of what was noted before.</summary>
    public void Note(TKey key, TValue value, long now)
    {
        if (_since == long.MinValue)
            _since = now;
        if (now - _since >= Generation)
        {
            (_older, _recent) = (_recent, null);
            _since = now;
        }

        (_recent ??= [])[key] = value;
    }

    /// <summary>What was noted last.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        return _recent?.TryGetValue(key, out value) is true || _older?.TryGetValue(key, out value) is true;
    }
}
