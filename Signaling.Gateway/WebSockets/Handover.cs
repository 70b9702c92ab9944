using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signaling.Gateway.WebSockets;

/// <summary>
/// Takes a connection over from HTTP when its request has become a WebSocket. Then nothing of the request is kept, which is
/// most of what Kestrel holds for a connection, and bytes take no way through HTTP. Everything before, the parsing of the request
/// above all, is Kestrel's.
/// </summary>
internal sealed class Handover : IDuplexPipe
{
    private readonly Beats _beats;
    private Func<ConnectionContext, Task>? _next;

    private Handover(ConnectionContext connection)
    {
        Input = new KeptReader(connection.Transport.Input);
        Output = new KeptWriter(connection.Transport.Output);
        _beats = new Beats(connection.Features.Get<IConnectionHeartbeatFeature>());
        connection.Features.Set<IConnectionHeartbeatFeature>(_beats);
        connection.Features.Set(this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Puts it between an endpoint's connections, TLS included where there is any, and HTTP.</summary>
    /// <param name="listen">The endpoint.</param>
    /// <param name="came">Called when a connection has come.</param>
    /// <param name="went">Called when it has gone.</param>
    public static void Use(ListenOptions listen, Action came, Action went) =>
        listen.Use(next => connection => ServeAsync(connection, next, came, went));

    /// <summary>Says who has the connection when HTTP is done with it.</summary>
    public void Then(Func<ConnectionContext, Task> next) => _next = next;

    private static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http, Action came, Action went)
    {
        came();
        try
        {
            var transport = connection.Transport;
            var next = await HttpAsync(connection, http);
            connection.Transport = transport;
            if (next is not null)
                await next(connection);
        }
        finally
        {
            went();
        }
    }

    // On its own, so that who serves the WebSocket keeps nothing of it.
    private static async Task<Func<ConnectionContext, Task>?> HttpAsync(ConnectionContext connection, ConnectionDelegate http)
    {
        var handover = new Handover(connection);
        connection.Transport = handover;
        try
        {
            await http(connection);
        }
        finally
        {
            handover._beats.Stop();
            connection.Features.Set<Handover>(null);
        }

        return handover._next;
    }

    /// <summary>Kestrel's own would keep all of HTTP as long as the connection is.</summary>
    private sealed class Beats : IConnectionHeartbeatFeature
    {
        private readonly Lock _gate = new();
        private List<(Action<object> Action, object State)>? _actions = [];

        public Beats(IConnectionHeartbeatFeature? kestrel) => kestrel?.OnHeartbeat(static beats => ((Beats)beats).Beat(), this);

        public void OnHeartbeat(Action<object> action, object state)
        {
            lock (_gate)
                _actions?.Add((action, state));
        }

        public void Stop()
        {
            lock (_gate)
                _actions = null;
        }

        private void Beat()
        {
            lock (_gate)
            {
                foreach (var (action, state) in _actions ?? [])
                    action(state);
            }
        }
    }

    /// <summary>The connection's input, which HTTP does not end.</summary>
    private sealed class KeptReader(PipeReader input) : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => input.CancelPendingRead();

        public override void Complete(Exception? exception = null)
        {
            // Who comes after HTTP reads on.
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => input.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => input.TryRead(out result);
    }

    /// <summary>The connection's output, which HTTP does not end.</summary>
    private sealed class KeptWriter(PipeWriter output) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

        public override long UnflushedBytes => output.UnflushedBytes;

        public override void Advance(int bytes) => output.Advance(bytes);

        public override void CancelPendingFlush() => output.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            // Who comes after HTTP writes on.
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            output.WriteAsync(source, cancellationToken);
    }
}
