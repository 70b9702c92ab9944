using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Signaling.Tests.Faults;

/// <summary>A signal, sent at once.</summary>
internal enum Signal
{
    HangUp = 1,
    Kill = 9,
    Term = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    /// <summary>Sends a signal to one process.</summary>
    public static void Send(int process, Signal signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(process, 1); // neither groups nor all
        if (Kill(process, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"No {signal} for process {process}.");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
