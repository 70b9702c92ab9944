using System.Runtime.InteropServices;

namespace Signaling.Gateway.Limits;

/// <summary>
/// Counts what each of many has open, up to a limit. Those that have nothing open are not kept. A plain table, since the framework's
/// limiter would keep an object for each socket.
/// </summary>
/// <param name="most">The limit.</param>
internal sealed class Seats<T>(int most)
    where T : struct
{
    private readonly Lock _gate = new();
    private readonly Dictionary<T, int> _taken = [];

    /// <summary>Takes one.</summary>
    /// <returns>False: it has as many as it may.</returns>
    public bool TryTake(T whose)
    {
        lock (_gate)
        {
            ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, whose, out _);
            if (taken >= most)
                return false;

            taken++;
            return true;
        }
    }

    /// <summary>Gives one back.</summary>
    public void Return(T whose)
    {
        lock (_gate)
        {
            ref var taken = ref CollectionsMarshal.GetValueRefOrNullRef(_taken, whose);
            if (--taken == 0)
                _taken.Remove(whose);
        }
    }
}
