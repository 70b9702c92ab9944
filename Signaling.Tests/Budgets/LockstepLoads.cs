using Signaling.Actors.Protocol;
using Signaling.Benchmarks.Rigs;

namespace Signaling.Tests.Budgets;

/// <summary>Load whose steps follow one another: all speak, then all hear.</summary>
/// <param name="server">The process that it is on.</param>
internal abstract class LockstepLoad(int server) : IDisposable
{
    public int Server { get; } = server;

    /// <summary>Makes a step.</summary>
    /// <returns>How many messages the server has passed on.</returns>
    public abstract int Step();

    public abstract void Dispose();
}

/// <summary>Pairs that a gateway has linked.</summary>
internal sealed class RelayedLoad(int server, Uri app, string address, int pairs, int size, int atOnce) : LockstepLoad(server)
{
    private readonly RawPair[] _pairs = [.. Enumerable.Range(0, pairs).Select(i => new RawPair(app, $"{address} {i}", size, atOnce))];

    public override int Step()
    {
        foreach (var pair in _pairs)
            pair.GuestSays();
        foreach (var pair in _pairs)
            pair.HolderHears();
        foreach (var pair in _pairs)
            pair.HolderSays();
        foreach (var pair in _pairs)
            pair.GuestHears();
        return 2 * pairs * atOnce;
    }

    public override void Dispose() => Array.ForEach(_pairs, pair => pair.Dispose());
}

/// <summary>Clients whose messages come back to themselves.</summary>
internal sealed class EchoedLoad : LockstepLoad
{
    private readonly RawPeer[] _clients;
    private readonly byte[] _frames;
    private readonly int _length;
    private readonly int _atOnce;

    public EchoedLoad(int server, Uri url, int clients, int size, int atOnce)
        : base(server)
    {
        _clients = [.. Enumerable.Range(0, clients).Select(_ => new RawPeer(url))];
        var message = Frame.Of(EventType.ReliableMessageReceived, 1, new byte[size]);
        var frame = RawPeer.FrameOf(message);
        (_length, _atOnce) = (message.Length, atOnce);
        _frames = [.. Enumerable.Range(0, atOnce).SelectMany(_ => frame)];
    }

    public override int Step()
    {
        foreach (var client in _clients)
            client.Send(_frames);
        foreach (var client in _clients)
            client.Drop(_atOnce, _length);
        return _clients.Length * _atOnce;
    }

    public override void Dispose() => Array.ForEach(_clients, client => client.Dispose());
}
