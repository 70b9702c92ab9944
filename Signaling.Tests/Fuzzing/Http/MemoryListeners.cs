using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>Kestrel's transport in memory: who connects has pipes of bytes, and no socket of the machine's.</summary>
internal sealed class MemoryListeners : IConnectionListenerFactory
{
    private readonly ConcurrentDictionary<int, Listener> _byPort = new();

    /// <summary>The ports that are listened on.</summary>
    public IEnumerable<int> Ports => _byPort.Keys;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new Listener((IPEndPoint)endpoint);
        _byPort[((IPEndPoint)endpoint).Port] = listener;
        return ValueTask.FromResult<IConnectionListener>(listener);
    }

    /// <summary>Connects, says something in pieces, and returns all that is answered until the connection ends.</summary>
    /// <param name="port">Where to.</param>
    /// <param name="from">The address to come from.</param>
    /// <param name="said">The pieces.</param>
    /// <param name="others">Whose end it waits for before it hangs up.</param>
    public async Task<byte[]> AskAsync(int port, IPAddress from, IEnumerable<byte[]> said, Task others)
    {
        var listener = _byPort[port];
        var connection = new MemoryConnection(listener.EndPoint, new IPEndPoint(from, 40_000));
        await listener.Waiting.Writer.WriteAsync(connection);
        return await connection.TalkAsync(said, others);
    }

    private sealed class Listener(IPEndPoint endpoint) : IConnectionListener
    {
        public EndPoint EndPoint => endpoint;

        public Channel<ConnectionContext> Waiting { get; } = Channel.CreateUnbounded<ConnectionContext>();

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await Waiting.Reader.WaitToReadAsync(cancellationToken) && Waiting.Reader.TryRead(out var connection) ? connection : null;

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            Waiting.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
