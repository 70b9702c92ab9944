namespace Signaling.Gateway.Transport;

/// <summary>
/// One way of a socket: whether it may have something, and whether somebody waits for that. The kernel tells of it once, on one
/// thread, while another may just have found that there is nothing.
/// </summary>
internal struct Readiness()
{
    private const int Drained = 0;
    private const int Ready = 1;
    private const int Awaited = 2;

    private int _state = Ready; // nobody has looked yet

    /// <summary>Takes that there may be something: who has, goes and looks.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Drained, Ready) == Ready;

    /// <summary>Puts back what was taken, since there may be more.</summary>
    public void PutBack() => Interlocked.CompareExchange(ref _state, Ready, Drained);

    /// <summary>Waits. Not where something has come meanwhile.</summary>
    public bool TryWait() => Interlocked.CompareExchange(ref _state, Awaited, Drained) == Drained;

    /// <summary>There is something.</summary>
    /// <returns>Whether the caller is to go and look, for somebody who waits. Else it is kept for who comes.</returns>
    public bool Signal()
    {
        while (true)
        {
            var was = Volatile.Read(ref _state);
            if (Interlocked.CompareExchange(ref _state, Ready, was) == was)
                return was == Awaited;
        }
    }

    /// <summary>Ends the waiting.</summary>
    /// <returns>Whether somebody waited, whom the caller is to tell.</returns>
    public bool TryStop() => Interlocked.CompareExchange(ref _state, Drained, Awaited) == Awaited;
}
