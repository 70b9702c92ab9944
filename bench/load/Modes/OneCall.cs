using System.Diagnostics;
using Signaling.Actors.Protocol;
using Signaling.Client;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Targets;

namespace Signaling.Load.Modes;

/// <summary>
/// A call. A listens; B tries to listen at the same address, is denied, comes back and connects; B makes an offer, A answers
/// it, both tell their candidates; B hangs up and both leave.
/// </summary>
/// <param name="plan">The load; its size is that of an offer and an answer.</param>
/// <param name="number">The call's number.</param>
/// <param name="gate">Opens the sockets.</param>
/// <param name="meter">Where messages are counted.</param>
/// <param name="wrongs">Where it is counted what is wrong.</param>
internal sealed class OneCall(LoadPlan plan, int number, Gate gate, Meter meter, Wrongs wrongs) : IDisposable
{
    private const int Candidates = 12;
    private const int CandidateSize = 200;

    private readonly string _address = Steps.NewAddress();
    private Peer? _holder;
    private Peer? _guest;
    private short _holdersId;

    /// <summary>When the last candidate had come.</summary>
    public long SetUp { get; private set; }

    /// <summary>Makes it, up to the last candidate.</summary>
    public async Task MakeAsync(CancellationToken late)
    {
        _holder = await gate.OpenAsync(plan.UrlOf(number), late);
        await Steps.ListenAsync(_holder, _address, late);
        using (var denied = await gate.OpenAsync(plan.UrlOf(number, end: 1), late))
        {
            await denied.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _address), late);
            Obstacles.ThrowUnlessEqual(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, _address), await denied.ReceiveAsync(late));
            await denied.LeaveAsync(late);
        }

        _guest = await gate.OpenAsync(plan.UrlOf(number, end: 1), late);
        _holdersId = await Steps.ConnectAsync(_guest, _holder, _address, late);

        var (holder, guest) = (2 * number, (2 * number) + 1);
        var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<CancellationToken, Task>[] talk =
        [
            failed => SayAsync(_guest, Steps.GuestsId, guest, holder, failed),
            failed => HearAsync(_holder, guest, holder, answering, failed),
            failed => AnswerAsync(answering.Task, holder, guest, failed),
            failed => HearAsync(_guest, holder, guest, heard: null, failed),
        ];
        await Together.RunAsync(talk.Length, (one, failed) => talk[one](failed), late);
        SetUp = Stopwatch.GetTimestamp();
    }

    /// <summary>Hangs up.</summary>
    public async Task EndAsync(CancellationToken late)
    {
        await _guest!.SendAsync(Frame.Of(EventType.Disconnected, Steps.GuestsId), late);
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, Steps.GuestsId), await _guest.ReceiveAsync(late));
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.Disconnected, _holdersId), await _holder!.ReceiveAsync(late));
        await Task.WhenAll(_guest.LeaveAsync(late), _holder.LeaveAsync(late));
    }

    public void Dispose()
    {
        _holder?.Dispose();
        _guest?.Dispose();
    }

    private async Task AnswerAsync(Task heard, int own, int other, CancellationToken late)
    {
        await heard.WaitAsync(late);
        await SayAsync(_holder!, _holdersId, own, other, late);
    }

    private async Task SayAsync(Peer from, short id, int own, int other, CancellationToken late)
    {
        for (var i = 0; i <= Candidates; i++)
        {
            var frame = Words.Frame(id, i == 0 ? plan.Size : CandidateSize);
            new Words(own, other, i + 1, Stopwatch.GetTimestamp()).Write(frame);
            await from.SendAsync(frame, late);
        }
    }

    private async Task HearAsync(Peer peer, int from, int own, TaskCompletionSource? heard, CancellationToken late)
    {
        var arrivals = new Arrivals(from, own, $"call {number}", wrongs);
        for (var i = 0; i <= Candidates; i++)
        {
            var frame = await peer.ReceiveAsync(late);
            if (arrivals.Take(frame.Span, out _))
                meter.Arrived();
            heard?.TrySetResult();
        }

        arrivals.End(Candidates + 1);
    }
}
