namespace Signaling.Gateway.Sessions;

/// <summary>The last so many entries. It takes memory as they come. Safe from any thread.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class SessionRing(int most)
{
    private readonly List<SessionEntry> _entries = [];
    private readonly Lock _lock = new();
    private int _oldest;

    /// <summary>Adds one; the oldest makes way.</summary>
    public void Add(in SessionEntry entry)
    {
        lock (_lock)
        {
            if (_entries.Count < most)
            {
                _entries.Add(entry);
                return;
            }

            _entries[_oldest] = entry;
            _oldest = (_oldest + 1) % most;
        }
    }

    /// <summary>All of them, the oldest first.</summary>
    public SessionEntry[] ToArray()
    {
        lock (_lock)
            return [.. _entries[_oldest..], .. _entries[.._oldest]];
    }
}
