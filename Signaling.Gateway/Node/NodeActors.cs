using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Signaling.Actors.Hosting;

namespace Signaling.Gateway.Node;

/// <summary>The actors of a started system.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the actors, and its token source holds nothing.")]
internal sealed class NodeActors : INodeActors
{
    private readonly ActorSystem _system;
    private readonly CancellationTokenSource _over = new();

    public NodeActors(ActorSystem system)
    {
        _system = system;
        LeaseEnded = SignalingActors.LeaseOf(system).Ended;
        LeaseEnded.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
        _ = WatchAsync();
    }

    public CancellationToken LeaseEnded { get; }

    public CancellationToken Over => _over.Token;

    public Task TakeLeaveAsync(CancellationToken cancellation) => SignalingActors.TakeLeaveAsync(_system, cancellation);

    public Task UntilAddressesEndAsync() => SignalingActors.AddressesOf(_system).WatchAsync();

    private async Task WatchAsync()
    {
        await _system.WhenTerminated;
        await _over.CancelAsync();
    }
}
