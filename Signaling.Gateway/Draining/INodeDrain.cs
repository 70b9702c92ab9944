namespace Signaling.Gateway.Draining;

/// <summary>
/// Lets a node stop without harm to its peers. A host that stops does it by itself; an application that embeds the service
/// may do it earlier, to take a node out of service and go on with something else.
/// </summary>
public interface INodeDrain
{
    /// <summary>
    /// Whether a drain has begun, or the host stops: the node is not ready.
    /// </summary>
    bool IsDraining { get; }

    /// <summary>
    /// Whether new sockets and user tokens are refused with 503: from <see cref="Configuration.DrainOptions.Notice"/> after the
    /// drain's beginning on.
    /// </summary>
    bool IsClosed { get; }

    /// <summary>
    /// Takes new sockets for <see cref="Configuration.DrainOptions.Notice"/> still, lets conversations go on for <see cref="Configuration.DrainOptions.Time"/>, closes the sockets with 1001 over
    /// <see cref="Configuration.DrainOptions.CloseWindow"/>, and waits until other nodes know of all links that are over. The
    /// node stays in its cluster until its host stops. A drain can't be taken back; another call joins the first.
    /// </summary>
    /// <param name="cancellation">Cuts the drain short: what is still open is dropped.</param>
    /// <returns>Completes when no socket is open, or what was to be said could not be said in time. It never fails.</returns>
    Task DrainAsync(CancellationToken cancellation = default);
}
