using System.Buffers;
using System.Net.WebSockets;

namespace Signaling.Gateway.Sockets;

/// <summary>Reads a WebSocket message by message. While nothing comes it holds no buffer.</summary>
/// <param name="socket">The socket.</param>
/// <param name="maxPayload">Largest message in bytes, all fragments together; 0 means no limit.</param>
internal sealed class MessageReader(WebSocket socket, long maxPayload)
{
    private const int FirstBuffer = 4 * 1024;

    /// <summary>What a read has brought.</summary>
    public enum Outcome
    {
        /// <summary>A whole binary message.</summary>
        Message,

        /// <summary>A whole text message, which this protocol doesn't have.</summary>
        Text,

        /// <summary>The beginning of a message over the limit.</summary>
        TooLarge,

        /// <summary>The peer's close frame.</summary>
        Close,
    }

    /// <summary>The message of the last read that brought one.</summary>
    public byte[] Message { get; private set; } = [];

    /// <summary>Whether the last read has found the socket empty at some moment.</summary>
    public bool HadToWait { get; private set; }

    /// <summary>Waits for a message. Throws what the socket throws when it breaks.</summary>
    public async ValueTask<Outcome> ReadAsync()
    {
        HadToWait = false;
        var start = await ReceiveAsync(Memory<byte>.Empty);
        if (start.MessageType == WebSocketMessageType.Close)
            return Outcome.Close;

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);

                var part = await ReceiveAsync(buffer.AsMemory(length));
                if (part.MessageType == WebSocketMessageType.Close)
                    return Outcome.Close;

                length += part.Count;
                if (maxPayload > 0 && length > maxPayload)
                    return Outcome.TooLarge;
                if (!part.EndOfMessage)
                    continue;
                if (part.MessageType == WebSocketMessageType.Text)
                    return Outcome.Text;

                Message = buffer.AsSpan(0, length).ToArray();
                return Outcome.Message;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer)
    {
        var receiving = socket.ReceiveAsync(buffer, CancellationToken.None);
        HadToWait |= !receiving.IsCompleted;
        return receiving;
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
