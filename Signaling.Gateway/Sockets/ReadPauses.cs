using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// Adds up how long a socket was not read though there was something to read. A pong lies behind what is not read, and
/// the framework takes a peer whose pong it does not see in time for dead: before that, the peer is to be told.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="most">Most of it, since the socket was last found empty.</param>
internal sealed class ReadPauses(TimeProvider time, TimeSpan most)
{
    /// <summary>The longest that one request of a peer holds up what it says next.</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(10);

    /// <summary>The longest that one link keeps its sender's socket unread, within any minute.</summary>
    public static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(10);

    // A pong moves on as far as the socket is read between shorter ones: to a receiver that takes what it gets.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    private TimeSpan _sum;

    /// <summary>
    /// Most that a socket's pauses may add up to. The sixth that is left of the time for a pong is for the pong's way, and for
    /// reading what lies before it.
    /// </summary>
    public static TimeSpan Longest(SocketOptions options) => options.PongTimeout * 5 / 6;

    /// <summary>The socket was found empty, so every pong that had come by now was seen.</summary>
    public void NothingWaits() => _sum = TimeSpan.Zero;

    /// <summary>Waits for room for the next message.</summary>
    /// <param name="room">The room: whether there is to be a next message.</param>
    /// <exception cref="TimeoutException">The pauses have added up to the most.</exception>
    public async Task<bool> WaitAsync(Task<bool> room)
    {
        var start = time.GetTimestamp();
        try
        {
            return await room.WaitAsync(_sum < most ? most - _sum : TimeSpan.Zero, time);
        }
        finally
        {
            var pause = time.GetElapsedTime(start);
            if (pause > Short)
                _sum += pause;
        }
    }
}
