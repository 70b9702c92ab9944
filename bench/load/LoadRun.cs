using Signaling.Client;
using Signaling.Load.Messages;
using Signaling.Load.Modes;
using Signaling.Load.Reports;
using Signaling.Load.Targets;

namespace Signaling.Load;

/// <summary>A load from its check to its report.</summary>
/// <param name="plan">What it is made of.</param>
/// <param name="sockets">How many sockets it opens at once.</param>
/// <param name="make">Makes the load.</param>
/// <param name="files">Where its report goes, beside the terminal.</param>
internal sealed class LoadRun(LoadPlan plan, int sockets, Func<LoadPlan, Wrongs, ILoad> make, ReportFiles files)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="output">Where it tells how it goes.</param>
    /// <param name="error">Where it says what is wrong.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>What the process exits with.</returns>
    public async Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            files.Check();
            await Consent.CheckAsync(plan, stop);
            if (SocketLimits.Check(sockets, plan.Urls.Count) is { } hint)
                await output.WriteLineAsync(hint);
            await KnockAsync(stop);

            var wrongs = new Wrongs();
            using var load = make(plan, wrongs);
            await RunAsync(load, new ProgressLines(output, load.Meter, wrongs), stop);
            var report = Report.Of(load, plan, wrongs);
            await new TerminalReport(output).WriteAsync(report);
            await files.WriteAsync(report);
            if (report.IsClean)
                return ExitCodes.Ok;

            await error.WriteLineAsync($"error: {report.Wrong.Sentences[0]}; {report.Wrong.Total} such in all. See the log of the service, and of every proxy before it.");
            return ExitCodes.Wrong;
        }
        catch (MisuseException misuse)
        {
            await error.WriteLineAsync($"error: {misuse.Message}");
            return ExitCodes.Misuse;
        }
        catch (PeerException obstacle)
        {
            await error.WriteLineAsync($"error: {obstacle.Message}");
            return ExitCodes.NotConnected;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await error.WriteLineAsync("error: stopped before anything was measured.");
            return ExitCodes.Stopped;
        }
    }

    private static async Task RunAsync(ILoad load, ProgressLines lines, CancellationToken stop)
    {
        using var done = new CancellationTokenSource();
        var telling = TellAsync(lines, done.Token);
        try
        {
            await load.RunAsync(stop);
        }
        finally
        {
            await done.CancelAsync();
            await telling;
        }
    }

    private static async Task TellAsync(ProgressLines lines, CancellationToken done)
    {
        using var seconds = new PeriodicTimer(Second);
        try
        {
            while (await seconds.WaitForNextTickAsync(done))
                await lines.WriteAsync();
        }
        catch (OperationCanceledException)
        {
            // The report follows.
        }
    }

    // What is wrong with a URL is told for the first socket, not for each of thousands.
    private async Task KnockAsync(CancellationToken stop)
    {
        using var gate = new Gate(plan);
        foreach (var url in plan.Urls)
        {
            using var peer = await gate.OpenAsync(url, stop);
            using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
            late.CancelAfter(plan.Patience);
            await peer.LeaveAsync(late.Token);
        }
    }
}
