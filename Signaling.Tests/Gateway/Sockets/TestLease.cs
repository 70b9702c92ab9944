using Signaling.Actors.Messages;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A lease that ends when the test says so.</summary>
internal sealed class TestLease : ILease
{
    private volatile bool _ended;

    public bool IsHeld => !_ended;

    public void End() => _ended = true;
}
