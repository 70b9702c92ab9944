using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Signaling.Actors.Protocol;
using Signaling.Client;

namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>
/// A call as two apps make it: B takes an address that nobody can guess, A calls it, both say something, A hangs up, and
/// both leave.
/// </summary>
/// <param name="plan">What it is made with.</param>
/// <param name="steps">Where its steps are told.</param>
internal sealed class TriedCall(TryCallPlan plan, TryCallSteps steps)
{
    private const short CallersId = 1;
    private const int AddressBytes = 32;
    private const int MessageBytes = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly string _address = $"try-call {Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(AddressBytes))}";

    /// <summary>Makes it.</summary>
    /// <param name="error">Where the sentence goes about what is in the way.</param>
    /// <param name="cancellation">Ends it before its time.</param>
    /// <returns>What the process exits with.</returns>
    public async Task<int> RunAsync(TextWriter error, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(plan.Timeout);
        try
        {
            await MakeAsync(late.Token);
            return ExitCodes.Ok;
        }
        catch (PeerException obstacle)
        {
            await error.WriteLineAsync($"error: {steps.Current}: {obstacle.Message}");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            await error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"error: {steps.Current}: no answer within the {plan.Timeout.TotalSeconds:0} s of --timeout; see that the host, the port and every proxy before it are right, and what the log of the service says."));
        }

        return ExitCodes.NotStarted;
    }

    private async Task MakeAsync(CancellationToken late)
    {
        using var called = new Peer(plan.Called, plan.UserToken, plan.IsInsecure);
        using var caller = new Peer(plan.Caller, plan.UserToken, plan.IsInsecure);
        short calledsId = 0;

        await steps.RunAsync($"B connects to {called.Place}", () => ConnectAsync(called, late));
        await steps.RunAsync("B listens at a random address", () => ListenAsync(called, late));
        await steps.RunAsync($"A connects to {caller.Place}", () => ConnectAsync(caller, late));
        await steps.RunAsync("A calls B", async () => calledsId = await CallAsync(caller, called, late));
        foreach (var type in (EventType[])[EventType.ReliableMessageReceived, EventType.UnreliableMessageReceived])
        {
            var word = type == EventType.ReliableMessageReceived ? "reliable" : "unreliable";
            await steps.RunAsync($"A says something to B, {word}", () => SayAsync(caller, CallersId, called, calledsId, type, late));
            await steps.RunAsync($"B says something to A, {word}", () => SayAsync(called, calledsId, caller, CallersId, type, late));
        }

        await steps.RunAsync("A hangs up, and B is told", () => HangUpAsync(caller, called, calledsId, late));
        await steps.RunAsync("both leave", () => Task.WhenAll(called.LeaveAsync(late), caller.LeaveAsync(late)));
        await steps.EndAsync("ok: a call from A to B works");
    }

    /// <summary>Connects a peer, again and again while that may still come right.</summary>
    private async Task ConnectAsync(Peer peer, CancellationToken late)
    {
        PeerException? obstacle = null;
        while (true)
        {
            try
            {
                if (obstacle is not null)
                    await Task.Delay(Pause, late);
                await peer.OpenAsync(late);
                break;
            }
            catch (PeerException found) when (found.MayPass)
            {
                obstacle = found;
                await steps.WaitAsync(found.Found);
            }
            catch (OperationCanceledException) when (obstacle is not null)
            {
                throw obstacle;
            }
        }

        await peer.GreetAsync(late);
    }

    private async Task ListenAsync(Peer called, CancellationToken late)
    {
        await called.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _address), late);
        var answer = await called.ReceiveAsync(late);
        if (answer.Span is [(byte)EventType.ServerInitFailed, ..])
        {
            throw new PeerException(
                "the service denied it (4)",
                "nobody else can have this address, so the nodes do not answer each other: see /health/ready and the log of each");
        }

        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _address), answer);
    }

    /// <returns>The id that the link has for who is called.</returns>
    private async Task<short> CallAsync(Peer caller, Peer called, CancellationToken late)
    {
        await caller.SendAsync(Frame.Of(EventType.NewConnection, CallersId, _address), late);
        var answer = await caller.ReceiveAsync(late);
        if (answer.Span is [(byte)EventType.ConnectionFailed, ..])
            throw NotFound();
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, CallersId), answer);

        var opened = await called.ReceiveAsync(late);
        var id = FrameHeader.TryRead(opened.Span, out var header) ? header.Id : FrameHeader.NoId;
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, id), opened);
        return id;
    }

    private PeerException NotFound() => new(
        "the connect failed (7): nobody has B's address there",
        string.Equals(plan.Called.AbsolutePath, plan.Caller.AbsolutePath, StringComparison.Ordinal)
            ? "see that both URLs lead to nodes of one cluster: each node's /node lists its members"
            : $"the two URLs name two apps, {plan.Called.AbsolutePath} and {plan.Caller.AbsolutePath}, and peers of two apps never meet");

    private static async Task SayAsync(Peer from, short id, Peer to, short otherId, EventType type, CancellationToken late)
    {
        var words = RandomNumberGenerator.GetBytes(MessageBytes);
        await from.SendAsync(Frame.Of(type, id, words), late);
        Obstacles.ThrowUnlessEqual(Frame.Of(type, otherId, words), await to.ReceiveAsync(late));
    }

    private static async Task HangUpAsync(Peer caller, Peer called, short calledsId, CancellationToken late)
    {
        await caller.SendAsync(Frame.Of(EventType.Disconnected, CallersId), late);
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, CallersId), await caller.ReceiveAsync(late));
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, calledsId), await called.ReceiveAsync(late));
    }
}
