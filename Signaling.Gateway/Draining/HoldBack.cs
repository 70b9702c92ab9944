namespace Signaling.Gateway.Draining;

/// <summary>
/// Whether who runs the service has the node say that it is not ready, so that balancers send it nobody. Those who come all the same are
/// served. Unlike a drain it can be taken back.
/// </summary>
internal sealed class HoldBack
{
    private volatile bool _isOn;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}
