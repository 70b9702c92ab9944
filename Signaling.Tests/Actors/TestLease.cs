using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors;

/// <summary>A lease that is held until the test ends it.</summary>
internal sealed class TestLease : ILease
{
    private volatile bool _isOver;

    public bool IsHeld => !_isOver;

    public void End() => _isOver = true;
}
