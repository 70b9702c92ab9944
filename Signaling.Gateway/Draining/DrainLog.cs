namespace Signaling.Gateway.Draining;

/// <summary>What the log says of a drain. Event ids 2010 to 2019.</summary>
internal static partial class DrainLog
{
    [LoggerMessage(2015, LogLevel.Information, "The node is about to stop and says that it is not ready. It takes new sockets for {Seconds} s still.")]
    public static partial void Noticed(ILogger logger, double seconds);

    [LoggerMessage(2010, LogLevel.Information, "The node takes no new sockets. The {Count} that are open may go on for {Seconds} s.")]
    public static partial void Begun(ILogger logger, int count, double seconds);

    [LoggerMessage(2011, LogLevel.Information, "The {Count} sockets that are left are closed over {Seconds} s.")]
    public static partial void Closing(ILogger logger, int count, double seconds);

    [LoggerMessage(2012, LogLevel.Warning, "{Count} peers have not answered that their sockets were closed, and were dropped.")]
    public static partial void Dropped(ILogger logger, int count);

    [LoggerMessage(2013, LogLevel.Warning, "Other nodes have not confirmed within {Seconds} s that links to peers of this one are over; they will see it when it has left.")]
    public static partial void NotConfirmed(ILogger logger, double seconds);

    [LoggerMessage(2014, LogLevel.Information, "No peer is left.")]
    public static partial void Done(ILogger logger);
}
