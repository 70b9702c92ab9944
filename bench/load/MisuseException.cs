namespace Signaling.Load;

/// <summary>What the command line asks for may not or can not be.</summary>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class MisuseException(string message) : Exception(message);
