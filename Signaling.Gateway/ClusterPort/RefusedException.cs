namespace Signaling.Gateway.ClusterPort;

/// <summary>Why a handshake came to nothing.</summary>
/// <param name="reason">A clause for the log, without a full stop.</param>
/// <param name="cause">What was caught, if anything.</param>
internal sealed class RefusedException(string reason, Exception? cause = null) : Exception(reason, cause);
