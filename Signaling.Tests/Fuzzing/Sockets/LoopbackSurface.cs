using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.Transport;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>A peer's socket over the service's own transport, by which bytes come in pieces of the kernel's.</summary>
internal sealed class LoopbackSurface : Surface
{
    public const string Called = "transport";

    private const int Sends = 3;
    private const int Breaks = 8;

    private readonly SemaphoreSlim _door = new(1); // who connects is who is accepted
    private IConnectionListener _listener = null!;

    public override string Name => Called;

    public override async Task StartAsync() => _listener = await new EpollTransport(Bound).BindAsync(new IPEndPoint(IPAddress.Loopback, 0));

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        await _door.WaitAsync();
        LoopbackEnd end;
        try
        {
            end = await LoopbackEnd.ConnectAsync(_listener);
        }
        finally
        {
            _door.Release();
        }

        var one = new SocketCase(end);
        foreach (var step in input.Steps)
        {
            if (step.Who == Sends)
                one.Send(new byte[step.Bytes.Length]);
            else if (step.Who == Breaks)
                one.Break();
            else
                await one.SayAsync(step.Bytes);
        }

        await one.CheckAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _door.Dispose();
        await base.DisposeAsync();
    }

    protected override FuzzInput Mutation(Chance chance) => PeerFrames.Mutation(chance);

    protected override FuzzInput Acts(Chance chance) => new([
        .. Enumerable.Range(0, chance.Between(1, 8)).SelectMany(_ => chance.Percent(30)
            ? [new FuzzStep(Sends, new byte[chance.Below(40_000)])]
            : Mutator.Pieces(chance, PeerFrames.Message(chance)).Select(piece => new FuzzStep(0, piece))),
        .. chance.Percent(20) ? [new FuzzStep(Breaks, [])] : Array.Empty<FuzzStep>()]);

    private static Socket Bound(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endpoint);
        return socket;
    }
}
