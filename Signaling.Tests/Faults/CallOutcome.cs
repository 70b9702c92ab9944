namespace Signaling.Tests.Faults;

/// <summary>What became of a call, or of a try of one.</summary>
internal enum CallOutcome
{
    /// <summary>Answered, exchanged, ended, all as it should be.</summary>
    Worked,

    /// <summary>There was no socket to be had.</summary>
    NoSocket,

    /// <summary>The socket was closed in the middle of it.</summary>
    Closed,

    /// <summary>The address was denied: 4.</summary>
    Denied,

    /// <summary>The connect failed: 7.</summary>
    Failed,

    /// <summary>A request was not answered in time.</summary>
    Unanswered,

    /// <summary>The link opened, and what was said over it did not come, or not all of it before its end.</summary>
    Lost,
}
