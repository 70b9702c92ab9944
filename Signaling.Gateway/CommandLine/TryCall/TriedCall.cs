using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Signaling.Actors.Protocol;

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
        catch (TryCallException obstacle)
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
        await using var called = new TryPeer(plan.Called, plan.UserToken, plan.IsInsecure);
        await using var caller = new TryPeer(plan.Caller, plan.UserToken, plan.IsInsecure);
        short calledsId = 0;

        await steps.RunAsync($"B connects to {called.Place}", () => called.ConnectAsync(steps, late));
        await steps.RunAsync("B listens at a random address", () => ListenAsync(called, late));
        await steps.RunAsync($"A connects to {caller.Place}", () => caller.ConnectAsync(steps, late));
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

    private async Task ListenAsync(TryPeer called, CancellationToken late)
    {
        await called.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _address), late);
        var answer = await called.ReceiveAsync(late);
        if (answer is [(byte)EventType.ServerInitFailed, ..])
        {
            throw new TryCallException(
                "the service denied it (4)",
                "nobody else can have this address, so the nodes do not answer each other: see /health/ready and the log of each");
        }

        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _address), answer);
    }

    /// <returns>The id that the link has for who is called.</returns>
    private async Task<short> CallAsync(TryPeer caller, TryPeer called, CancellationToken late)
    {
        await caller.SendAsync(Frame.Of(EventType.NewConnection, CallersId, _address), late);
        var answer = await caller.ReceiveAsync(late);
        if (answer is [(byte)EventType.ConnectionFailed, ..])
            throw Obstacles.NotFound(plan);
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, CallersId), answer);

        var opened = await called.ReceiveAsync(late);
        var id = FrameHeader.TryRead(opened, out var header) ? header.Id : FrameHeader.NoId;
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, id), opened);
        return id;
    }

    private static async Task SayAsync(TryPeer from, short id, TryPeer to, short otherId, EventType type, CancellationToken late)
    {
        var words = RandomNumberGenerator.GetBytes(MessageBytes);
        await from.SendAsync(Frame.Of(type, id, words), late);
        Obstacles.ThrowUnlessEqual(Frame.Of(type, otherId, words), await to.ReceiveAsync(late));
    }

    private static async Task HangUpAsync(TryPeer caller, TryPeer called, short calledsId, CancellationToken late)
    {
        await caller.SendAsync(Frame.Of(EventType.Disconnected, CallersId), late);
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, CallersId), await caller.ReceiveAsync(late));
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, calledsId), await called.ReceiveAsync(late));
    }
}
