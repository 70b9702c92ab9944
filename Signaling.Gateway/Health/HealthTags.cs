namespace Signaling.Gateway.Health;

/// <summary>What the health checks of the service are tagged with, for who maps them in an application of their own.</summary>
public static class HealthTags
{
    /// <summary>Whether the node has begun to serve.</summary>
    public const string Started = "started";

    /// <summary>Whether peers should be sent to the node now.</summary>
    public const string Ready = "ready";
}
