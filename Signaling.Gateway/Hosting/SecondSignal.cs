using System.Runtime.InteropServices;

namespace Signaling.Gateway.Hosting;

/// <summary>
/// Ends the process at once when it is told to stop a second time: the first signal begins a drain, which takes its time on
/// purpose.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private int _count;

    /// <param name="error">Where it says so.</param>
    public SecondSignal(TextWriter error)
    {
        _error = error;
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, _ =>
    {
        // The first one is for the host.
        if (Interlocked.Increment(ref _count) < 2)
            return;

        _error.WriteLine($"error: told to stop a second time, so the service ends at once, with exit code {ExitCodes.StoppedAtOnce}.");
        Environment.Exit(ExitCodes.StoppedAtOnce);
    });
}
