using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Sockets;

/// <summary>Whether a peer is still there: one that says nothing is pinged, and has to answer.</summary>
/// <param name="options">The times.</param>
/// <param name="time">The clock.</param>
internal sealed class PeerPulse(SocketOptions options, TimeProvider time)
{
    private long _heard = time.GetTimestamp();
    private long? _pinged;

    /// <summary>How the peer is.</summary>
    public enum Sign
    {
        /// <summary>It is there, or has time to show that it is.</summary>
        Alive,

        /// <summary>It has been silent for long, and is to be pinged.</summary>
        Silent,

        /// <summary>It has not answered a ping in time.</summary>
        Dead,
    }

    /// <summary>When something has come from the peer.</summary>
    public long LastHeard => Volatile.Read(ref _heard);

    /// <summary>Something has come from the peer.</summary>
    /// <returns>When.</returns>
    public long Heard()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _heard, now);
        return now;
    }

    /// <summary>Looks. Not to be called on two threads at once.</summary>
    public Sign Look()
    {
        var heard = Volatile.Read(ref _heard);
        if (_pinged is { } pinged && heard < pinged)
            return time.GetElapsedTime(pinged) >= options.PongTimeout ? Sign.Dead : Sign.Alive;

        _pinged = null;
        if (time.GetElapsedTime(heard) < options.PingInterval)
            return Sign.Alive;

        _pinged = time.GetTimestamp();
        return Sign.Silent;
    }
}
