using Signaling.Client;

namespace Signaling.Load.Targets;

/// <summary>Opens the peers' sockets, only so many at once.</summary>
/// <param name="plan">The load.</param>
internal sealed class Gate(LoadPlan plan) : IDisposable
{
    private const int Overhead = 1024; // beyond the data of the longest message

    private readonly SemaphoreSlim _room = new(plan.Opening);

    /// <summary>Opens the socket of a peer.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="begin">Called when it is its turn.</param>
    /// <exception cref="PeerException">It can't be.</exception>
    public async Task<Peer> OpenAsync(Uri url, CancellationToken cancellation, Action? begin = null)
    {
        var peer = new Peer(url, plan.UserToken, plan.IsInsecure, plan.Size + Overhead);
        await _room.WaitAsync(cancellation);
        begin?.Invoke();
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            late.CancelAfter(plan.Patience);
            await peer.OpenAsync(late.Token);
            await peer.GreetAsync(late.Token);
            return peer;
        }
        catch (Exception e)
        {
            peer.Dispose();
            throw e is OperationCanceledException && !cancellation.IsCancellationRequested
                ? new PeerException($"{peer.Place} has not answered within {plan.Patience.TotalSeconds:0} s", "see that the host, the port and every proxy before it are right, or raise --timeout", e)
                : e is PeerException why ? new PeerException($"connecting to {peer.Place}: {why.Found}", why.Remedy, why) : e;
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();
}
