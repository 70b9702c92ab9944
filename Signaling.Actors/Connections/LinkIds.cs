namespace Signaling.Actors.Connections;

/// <summary>
/// The 16-bit ids that a connection gives to the links that others open to it. They start at 16384 and count up; a
/// freed id comes again only after all others had their turn. Only when all of 16384 to 32767 are in use do the negative
/// ones follow, then those below 16384, which peers like to choose for the links they open themselves.
/// </summary>
public sealed class LinkIds
{
    private const int None = 0x10000;
    private readonly Row[] _rows = [new(0x4000, 0x7FFF), new(0x8000, 0xFFFE), new(0x0000, 0x3FFF)];

    /// <summary>Finds the next id that is free.</summary>
    /// <param name="isInUse">Tells whether an id names a link of this connection, whoever chose it.</param>
    /// <param name="id">The id.</param>
    /// <returns>False where all 65,535 are in use.</returns>
    public bool TryTake(Predicate<short> isInUse, out short id)
    {
        foreach (var row in _rows)
        {
            var free = row.Next(isInUse);
            if (free == None)
                continue;

            id = unchecked((short)free);
            return true;
        }

        id = default;
        return false;
    }

    private sealed class Row
    {
        private readonly int _first;
        private readonly int _last;
        private int _next;

        public Row(int first, int last) => (_first, _last, _next) = (first, last, first);

        public int Next(Predicate<short> isInUse)
        {
            for (var tries = _last - _first; tries >= 0; tries--)
            {
                var candidate = _next;
                _next = candidate == _last ? _first : candidate + 1;
                if (!isInUse(unchecked((short)candidate)))
                    return candidate;
            }

            return None;
        }
    }
}
