using Akka.Actor;

namespace Signaling.Gateway.Node;

/// <summary>What the log says of this node. Event ids 2000 to 2099.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(2000, LogLevel.Information, "Node {Address} joins the cluster by {Seeds}.")]
    public static partial void Joining(ILogger logger, Address address, string seeds);

    [LoggerMessage(2001, LogLevel.Information, "Node {Address} is up.")]
    public static partial void Up(ILogger logger, Address address);
}
