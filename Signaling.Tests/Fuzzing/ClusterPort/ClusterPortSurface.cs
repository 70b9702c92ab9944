using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Remote.Transport;
using Google.Protobuf;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.ClusterPort;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>
/// The port between nodes over loopback, in the clear and with TLS, and who comes to it or is dialled: strangers, who may shake hands, and
/// nodes of the same cluster. Whoever is to be refused is, and the log says so once; what others say is heard; and two nodes that know each other
/// still hear each other.
/// </summary>
internal sealed class ClusterPortSurface : Surface
{
    public const string Called = "cluster-port";

    private const int InTheClear = 0;
    private const int NoTls = 1;
    private const int OfTheCluster = 2;
    private const int OfAnotherCa = 3;
    private const int WithoutCertificate = 4;
    private const int Dialled = 5; // in place of a node
    private const int DialledWithoutTls = 6;
    private const int Breaks = 8;
    private const int Waits = 9;
    private const int Ways = 10;
    private const int Addresses = 8;
    private const int Crowd = Doorway.MostOfOne + 2;

    private static readonly IPAddress OfCrowd = IPAddress.Parse("127.0.2.1");

    private readonly ConcurrentDictionary<int, TaskCompletionSource> _pings = new();
    private readonly List<PortOfNode> _nodes = [];
    private readonly AssociationHandle[] _friends = new AssociationHandle[2];
    private SslStreamCertificateContext? _good;
    private SslStreamCertificateContext? _other;
    private int _lastPing;

    public override string Name => Called;

    public override async Task StartAsync()
    {
        var ca = new TestAuthority();
        var certificate = new NodeCertificate(
            new ServerCertificate(ca.Issue(["127.0.0.1"]), []), new NodeTrust([ca.Certificate], ["127.0.0.1"], TimeProvider.System), []);
        (_good, _other) = (certificate.Own.Context, new ServerCertificate(new TestAuthority().Issue(["127.0.0.1"]), []).Context);
        IHandshake[] handshakes = [new NoHandshake(), new TlsHandshake(certificate)];
        for (var i = 0; i < handshakes.Length; i++)
        {
            var (node, friend) = (new PortOfNode(handshakes[i]) { Heard = Heard }, new PortOfNode(handshakes[i]));
            _nodes.AddRange([node, friend]);
            await node.ListenAsync();
            await friend.ListenAsync();
            _friends[i] = await friend.GoToAsync(node.EndPoint, new Recorder());
        }
    }

    public override async ValueTask TakeAsync(FuzzInput input)
    {
        var callers = input.Steps.GroupBy(step => step.Who / Ways).Select(said => said.Any(step => step.Who % Ways == Waits) ? CrowdAsync(said.Key) : CallAsync(said.Key, [.. said]));
        await Task.WhenAll(callers);
        for (var i = 0; i < _friends.Length; i++)
            await PingAsync(_friends[i]);
        _nodes.ForEach(node => node.Log.Check());
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override FuzzInput Mutation(Chance chance) => new([.. Call(chance, caller: 0, isChanged: true)]);

    protected override FuzzInput Acts(Chance chance)
    {
        if (chance.Percent(2))
            return new FuzzInput(new FuzzStep((Ways * chance.Below(2)) + Waits, []));

        return new FuzzInput([.. Enumerable.Range(0, chance.Between(1, 3)).SelectMany(caller => Call(chance, caller, isChanged: chance.Percent(20)))]);
    }

    private static IEnumerable<FuzzStep> Call(Chance chance, int caller, bool isChanged)
    {
        var way = chance.Below(20) switch
        {
            < 9 => InTheClear,
            < 12 => NoTls,
            < 14 => OfTheCluster,
            < 15 => OfAnotherCa,
            < 16 => WithoutCertificate,
            < 19 => Dialled,
            _ => DialledWithoutTls,
        };
        var valid = way == NoTls && chance.Percent(70) ? NodeWords.ClientHello() : NodeWords.Any(chance);
        var said = isChanged ? Mutator.Change(chance, valid, NodeWords.Any(chance)) : valid;
        var who = Ways * ((Addresses * caller) + chance.Below(Addresses));
        FuzzStep[] steps = [new FuzzStep(who + way, []), .. Mutator.Pieces(chance, said).Select(piece => new FuzzStep(who + way, piece))];
        return chance.Percent(5) ? [.. steps[..chance.Between(1, steps.Length)], new FuzzStep(who + Breaks, [])] : steps;
    }

    private async Task CallAsync(int who, FuzzStep[] steps)
    {
        var way = Array.Find(steps, step => step.Who % Ways < Breaks)?.Who % Ways ?? InTheClear;
        var from = new IPAddress([127, 0, 1, (byte)((who % Addresses) + 1)]);
        if (way >= Dialled)
        {
            await BeDialledAsync(way, from, steps);
            return;
        }

        var node = _nodes[way == InTheClear ? 0 : 2];
        using var caller = await PortCaller.ConnectAsync(node.EndPoint, from);
        if (way >= OfTheCluster)
            await caller.ShakeAsync(way == OfTheCluster ? _good : way == OfAnotherCa ? _other : null);
        if (await TalkAsync(caller, steps) is { } heard)
            await CheckAsync(node, caller, Expected(way, All(steps)), heard, isPlain: way != NoTls);
    }

    // The friends dial, whose logs are not looked at: each of these has a port of its own there.
    private async Task BeDialledAsync(int way, IPAddress at, FuzzStep[] steps)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(at, 0));
        listener.Listen();
        var recorder = new Recorder();
        var dialling = _nodes[way == Dialled ? 1 : 3].GoToAsync((IPEndPoint)listener.LocalEndPoint!, recorder);
        using var caller = await PortCaller.AcceptAsync(listener);
        var heard = await TalkAsync(caller, steps);
        try
        {
            await dialling;
            FuzzException.Unless(way == Dialled, "A node speaks in the clear to who does not speak TLS.");
            await recorder.Ended;
            recorder.Check(PlainPort.OfDialled(All(steps)), isAll: heard is not null);
        }
        catch (InvalidAssociationException)
        {
            FuzzException.Unless(way != Dialled || heard is null, "Who is there is not reached.");
        }
    }

    /// <returns>All that the node has said; null: the connection was broken.</returns>
    private static async Task<byte[]?> TalkAsync(PortCaller caller, FuzzStep[] steps)
    {
        foreach (var step in steps)
        {
            if (step.Who % Ways == Breaks)
            {
                caller.Break();
                return null;
            }

            await caller.SayAsync(step.Bytes);
        }

        await caller.EndAsync();
        return await caller.HearAsync();
    }

    private static byte[] All(FuzzStep[] steps) => [.. steps.SelectMany(step => step.Bytes)];

    private static PlainPort Expected(int way, byte[] all) => way switch
    {
        InTheClear or OfTheCluster => PlainPort.OfComer(all),
        NoTls => PlainPort.RefusedFor(all.Length == 0 ? Refusal.Silent : Refusal.Tls),
        _ => PlainPort.RefusedFor(Refusal.Certificate),
    };

    private static async Task CheckAsync(PortOfNode node, PortCaller caller, PlainPort expected, byte[] heard, bool isPlain)
    {
        var name = caller.EndPoint.ToString();
        if (expected.Refused is { } reason)
        {
            FuzzException.Unless(!node.Inbound.ContainsKey(name), $"Somebody is let in who is to be refused for {reason}.");
            if (reason != Refusal.Silent)
                await node.Log.ToldAsync(caller.EndPoint.Address.ToString(), reason);
            var isToldWhy = reason is Refusal.Name or Refusal.Version or Refusal.Settings;
            FuzzException.Unless(!isPlain || heard.Length == 0 || isToldWhy, $"Who is refused for {reason} hears something.");
            return;
        }

        FuzzException.Unless(node.Inbound.TryGetValue(name, out var recorder), "A node of the cluster is not let in.");
        await recorder!.Ended;
        node.Forget(name);
        recorder.Check(expected, isAll: true);
        FuzzException.Unless(expected.EndsWrong || PlainPort.OfComer(heard) is { Refused: null, Messages.Count: 1 }, "A node of the cluster does not hear the first words of the other.");
    }

    // Many who say nothing, from one address: some are refused at once, and then all are gone.
    private async Task CrowdAsync(int who)
    {
        var node = _nodes[who % 2 == 0 ? 0 : 2];
        var crowd = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => PortCaller.ConnectAsync(node.EndPoint, OfCrowd)));
        var hearing = crowd.Select(one => one.HearAsync()).ToList();
        for (var refused = Crowd - Doorway.MostOfOne; refused > 0; refused--)
            hearing.Remove(await Task.WhenAny(hearing));
        foreach (var one in crowd)
            one.Dispose();
        await node.Log.ToldAsync(OfCrowd.ToString(), Refusal.Crowd);
    }

    private void Heard(byte[] message)
    {
        if (message.Length == sizeof(int) && _pings.TryRemove(BitConverter.ToInt32(message), out var ping))
            ping.SetResult();
    }

    private async Task PingAsync(AssociationHandle friend)
    {
        var number = Interlocked.Increment(ref _lastPing);
        var heard = _pings[number] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FuzzException.Unless(friend.Write(ByteString.CopyFrom(BitConverter.GetBytes(number))), "Two nodes do not speak any more.");
        await heard.Task;
    }
}
