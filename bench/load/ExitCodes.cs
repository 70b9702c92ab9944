namespace Signaling.Load;

/// <summary>What the process exits with.</summary>
internal static class ExitCodes
{
    /// <summary>All that was sent has arrived as it should.</summary>
    public const int Ok = 0;

    /// <summary>Something was lost, came twice, out of order or damaged, or a socket ended that should not have.</summary>
    public const int Wrong = 1;

    /// <summary>The command line is at fault, or it asks for what may not or can not be.</summary>
    public const int Misuse = 2;

    /// <summary>There is no service to put load on, or it lets nobody in.</summary>
    public const int NotConnected = 3;

    /// <summary>It was told to stop before anything was measured.</summary>
    public const int Stopped = 130;
}
