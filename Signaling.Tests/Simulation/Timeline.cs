namespace Signaling.Tests.Simulation;

/// <summary>What is going to happen, in the order of its time, and what is due at the same time in the order it was planned.</summary>
internal sealed class Timeline
{
    private const int OrderBits = 40;
    private ulong[] _keys = new ulong[1024];
    private int[] _slots = new int[1024];
    private Due[] _dues = new Due[1024];
    private int[] _free = new int[1024];
    private int _freeCount;
    private int _used;
    private int _count;
    private ulong _order;

    /// <summary>The true time in ms.</summary>
    public long Now { get; private set; }

    /// <summary>How much has happened.</summary>
    public long Taken { get; private set; }

    /// <summary>Plans something.</summary>
    /// <param name="at">When, in ms.</param>
    /// <param name="target">Who is told.</param>
    /// <param name="message">What it is told.</param>
    /// <param name="number">What belongs to it.</param>
    /// <param name="from">The process that a message on the network comes from.</param>
    public void Add(long at, SimActor target, object? message, long number, SimNode? from = null)
    {
        var slot = _freeCount > 0 ? _free[--_freeCount] : NewSlot();
        _dues[slot] = new Due(target, message, number, from);
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, 2 * _count);
            Array.Resize(ref _slots, 2 * _count);
        }

        var key = ((ulong)Math.Max(at, Now) << OrderBits) | ++_order;
        var i = _count++;
        while (i > 0 && key < _keys[(i - 1) / 2])
        {
            (_keys[i], _slots[i]) = (_keys[(i - 1) / 2], _slots[(i - 1) / 2]);
            i = (i - 1) / 2;
        }

        (_keys[i], _slots[i]) = (key, slot);
    }

    /// <summary>Takes what is due next, and lets its time come.</summary>
    /// <returns>False where nothing is due by the given time; it is that time then.</returns>
    public bool TryTake(long until, out Due due)
    {
        if (_count == 0 || (long)(_keys[0] >> OrderBits) > until)
        {
            Now = until;
            due = default;
            return false;
        }

        Now = (long)(_keys[0] >> OrderBits);
        Taken++;
        var slot = _slots[0];
        due = _dues[slot];
        _dues[slot] = default;
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, 2 * _freeCount);
        _free[_freeCount++] = slot;
        SiftDown(_keys[--_count], _slots[_count]);
        return true;
    }

    /// <summary>What a process has sent and what has not arrived yet is lost.</summary>
    public void LoseFrom(SimNode node)
    {
        for (var i = 0; i < _used; i++)
        {
            if (_dues[i].From == node)
                _dues[i] = new Due(Nowhere.Instance, null, 0, null);
        }
    }

    private void SiftDown(ulong key, int slot)
    {
        var i = 0;
        while (true)
        {
            var child = (2 * i) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _keys[child + 1] < _keys[child])
                child++;
            if (key <= _keys[child])
                break;
            (_keys[i], _slots[i]) = (_keys[child], _slots[child]);
            i = child;
        }

        if (_count > 0)
            (_keys[i], _slots[i]) = (key, slot);
    }

    private int NewSlot()
    {
        if (_used == _dues.Length)
            Array.Resize(ref _dues, 2 * _used);
        return _used++;
    }

    internal readonly record struct Due(SimActor Target, object? Message, long Number, SimNode? From);

    private sealed class Nowhere : SimActor
    {
        public static readonly Nowhere Instance = new();

        public override void Handle(object? message, long number)
        {
        }
    }
}
