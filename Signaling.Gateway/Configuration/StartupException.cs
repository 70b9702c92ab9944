namespace Signaling.Gateway.Configuration;

/// <summary>
/// Why the program can't start, in one sentence for the user that names the key, its value and the remedy.
/// It is all that is printed: no stack trace follows.
/// </summary>
/// <param name="message">The sentence.</param>
/// <param name="cause">What was caught, if anything.</param>
public sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the process exits with: one of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; init; } = ExitCodes.NotStarted;
}
