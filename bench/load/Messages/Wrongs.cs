using Signaling.Client;

namespace Signaling.Load.Messages;

/// <summary>All that was not as it should be, with the first of it in words. Thread-safe.</summary>
internal sealed class Wrongs
{
    private const int MostSentences = 10;

    private readonly Lock _lock = new();
    private readonly List<string> _sentences = [];

    /// <summary>Messages that never came.</summary>
    public long Lost { get; private set; }

    /// <summary>Messages that came again.</summary>
    public long Doubled { get; private set; }

    /// <summary>Messages that came after later ones.</summary>
    public long Reordered { get; private set; }

    /// <summary>Messages with a byte that is not as it was sent.</summary>
    public long Damaged { get; private set; }

    /// <summary>Messages that were for another, or that nobody has sent.</summary>
    public long Stray { get; private set; }

    /// <summary>Sockets, links and calls that ended or failed.</summary>
    public long Broken { get; private set; }

    /// <summary>All together.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
                return Lost + Doubled + Reordered + Damaged + Stray + Broken;
        }
    }

    /// <summary>The first ones, in words.</summary>
    public IReadOnlyList<string> Sentences
    {
        get
        {
            lock (_lock)
                return [.. _sentences];
        }
    }

    public void AddLost(long count, string who) => Add(() => Lost += count, $"{who}: {count} {(count == 1 ? "message" : "messages")} never came");

    public void AddDoubled(long number, string who) => Add(() => Doubled++, $"{who}: message {number} came again");

    public void AddReordered(long number, string who) => Add(() => Reordered++, $"{who}: message {number} came after a later one");

    public void AddDamaged(int length, string who) => Add(() => Damaged++, $"{who}: a message of {length} bytes is not as it was sent");

    public void AddStray(string what, string who) => Add(() => Stray++, $"{who}: {what}");

    public void AddBroken(PeerException why, string who) => Add(() => Broken++, $"{who}: {why.Message}");

    public void AddLate(TimeSpan patience, string who) => Add(() => Broken++, $"{who}: no answer within {patience.TotalSeconds:0} s");

    private void Add(Action count, string sentence)
    {
        lock (_lock)
        {
            count();
            if (_sentences.Count < MostSentences)
                _sentences.Add(sentence);
        }
    }
}
