using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections;
using Signaling.Actors.Dispatch;
using Signaling.Gateway.Transport;

namespace Signaling.Gateway.ClusterPort;

/// <summary>A connection of two nodes, after its handshake.</summary>
/// <param name="local">This node.</param>
/// <param name="remote">The other.</param>
/// <param name="connection">The connection.</param>
/// <param name="contract">What both must agree on.</param>
/// <param name="isDialled">Whether this node has dialled the other, whose first words are still to come then.</param>
/// <param name="longest">The longest message, in bytes.</param>
[SuppressMessage("Design", "CA1001", Justification = "It disposes of what it has when it is over.")]
internal sealed class NodeAssociation(
    Address local, Address remote, ConnectionContext connection, ClusterContract contract, bool isDialled, int longest)
    : AssociationHandle(local, remote)
{
    // Then others may have the thread, which may be the one that hears of all sockets.
    private const int ReadsInARow = 16;

    // What a node that leaves has said last still gets through; Akka's flush-wait-on-shutdown is as long.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Outbox _outbox = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<InboundPayload> _came = [];
    private volatile bool _left;
    private bool _hasSpoken;

    /// <summary>Whether this node has dialled the other.</summary>
    public bool IsDialled { get; } = isDialled;

    /// <summary>Whether the other end has ever said anything. A node does as soon as it has let another in.</summary>
    public bool WasHeard { get; private set; }

    /// <summary>Whether it was ended on this side.</summary>
    public bool WasLeft { get; private set; }

    /// <summary>Carries messages both ways until the connection is over, and says what broke it; null: nothing did.</summary>
    public async Task<Exception?> RunAsync()
    {
        var writing = WriteAsync();
        Exception? cause = null;
        try
        {
            var listener = await ReadHandlerSource.Task.WaitAsync(_end.Token);
            cause = await ReadAsync(listener);
            listener.Notify(new Disassociated(DisassociateInfo.Unknown));
        }
        catch (OperationCanceledException)
        {
            // Nobody has asked for what comes, and nobody will.
        }

        WasLeft = _left;
        Leave();
        await Task.WhenAny(writing, Task.Delay(Farewell, CancellationToken.None));
        await connection.DisposeAsync();
        await writing;
        _end.Dispose();
        return WasLeft ? null : cause;
    }

    // Akka's first message is written before anything else may be.
    public override bool Write(ByteString payload)
    {
        if (_hasSpoken)
            return _outbox.TryAdd(payload);

        _hasSpoken = true;
        return _outbox.TryAdd(FirstWords.With(payload, contract.Say()));
    }

    [Obsolete("Akka's own callers give a reason for their log.")]
    public override void Disassociate() => Leave();

    /// <summary>Ends it, after what was written has gone. What still comes is not for anybody.</summary>
    public void Leave()
    {
        _left = true;
        EndSoon();
    }

    private void EndSoon()
    {
        _outbox.Close();
        try
        {
            _end.CancelAfter(Farewell);
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _outbox.WriteToAsync(connection.Transport.Output);
            await connection.Transport.Output.CompleteAsync();
            if (connection is StreamConnection streams)
                await streams.EndOutputAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            EndSoon(); // what the other end has said before it went is still read
        }
    }

    private async Task<Exception?> ReadAsync(IHandleEventListener listener)
    {
        var reader = connection.Transport.Input;
        try
        {
            for (var reads = 1; ; reads++)
            {
                var read = await reader.ReadAsync(_end.Token);
                var buffer = read.Buffer;
                Take(ref buffer, listener);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    return null;
                if (reads % ReadsInARow == 0)
                    await Task.Yield();
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException or RefusedException)
        {
            return error;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private void Take(ref ReadOnlySequence<byte> buffer, IHandleEventListener listener)
    {
        _came.Clear();
        while (FrameReader.TryTake(ref buffer, longest, out var message))
        {
            var payload = ByteString.CopyFrom(message.IsSingleSegment ? message.FirstSpan : message.ToArray());
            if (!WasHeard && IsDialled)
                contract.Check(FirstWords.Parse(payload.Span).Hello);
            WasHeard = true;
            _came.Add(new InboundPayload(payload));
        }

        if (_left)
            return;

        Chain.Begin(static came => came.Messages.ForEach(came.Listener.Notify), (Messages: _came, Listener: listener));
    }
}
