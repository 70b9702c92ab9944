using Akka.Actor;

namespace Signaling.Gateway.Node;

/// <summary>What the log says of this node. Event ids 2000 to 2009.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(2000, LogLevel.Information, "Node {Address} joins the cluster by {Seeds}.")]
    public static partial void Joining(ILogger logger, Address address, string seeds);

    [LoggerMessage(2001, LogLevel.Information, "Node {Address} is up.")]
    public static partial void Up(ILogger logger, Address address);

    [LoggerMessage(2002, LogLevel.Critical, "The other nodes have removed this one from the cluster, since they could not reach it or were told to. It ends with exit code {ExitCode}; start it again.")]
    public static partial void Removed(ILogger logger, int exitCode);

    [LoggerMessage(2003, LogLevel.Critical, "The lease of this node has run out: too few other nodes have renewed it, since they could not be reached or this process did not run for a while. It closes its sockets and ends with exit code {ExitCode}; start it again.")]
    public static partial void LeaseOver(ILogger logger, int exitCode);

    [LoggerMessage(2004, LogLevel.Critical, "The node's share of the addresses has ended unasked. It stops with exit code {ExitCode}; start it again, and report this with the log before it.")]
    public static partial void AddressesEnded(ILogger logger, int exitCode);
}
