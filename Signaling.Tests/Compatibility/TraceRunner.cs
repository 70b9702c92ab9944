namespace Signaling.Tests.Compatibility;

/// <summary>Replays a trace against a server and compares what each peer gets, byte by byte and in order.</summary>
internal static class TraceRunner
{
    /// <summary>How long an answer may take before it counts as missing; longer than any the service promises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Replays a trace.</summary>
    /// <param name="text">The text of the trace.</param>
    /// <param name="nodes">The server's nodes; the peers are spread over them in turn.</param>
    /// <param name="patience">How long to wait for each answer.</param>
    /// <exception cref="TraceMismatchException">The server answers otherwise.</exception>
    public static async Task Replay(string text, IReadOnlyList<Uri> nodes, TimeSpan? patience = null)
    {
        var notation = new Notation(TraceFile.NewRun());
        var trace = Trace.Parse(text, notation);
        await using var peers = new Peers(nodes, patience ?? Patience);
        foreach (var paragraph in trace.Paragraphs)
        {
            foreach (var step in paragraph.Steps)
                await peers.Do(step);
            foreach (var answer in paragraph.Answers)
                await Expect(answer, peers, notation);
            await ExpectNothingMore(paragraph, peers, notation);
        }
    }

    private static async Task Expect(Answer answer, Peers peers, Notation notation)
    {
        var wanted = notation.Write(answer.Message);
        Message got;
        try
        {
            got = await peers.Next(answer);
        }
        catch (TimeoutException e)
        {
            throw new TraceMismatchException(answer.Line, $"{answer.Peer} should get '{wanted}' and got {e.Message}.", e);
        }

        if (got != answer.Message)
            throw new TraceMismatchException(answer.Line, $"{answer.Peer} should get '{wanted}' and got '{notation.Write(got)}'.");
    }

    private static async Task ExpectNothingMore(Paragraph paragraph, Peers peers, Notation notation)
    {
        var line = paragraph.Answers.LastOrDefault()?.Line ?? paragraph.Steps.LastOrDefault()?.Line ?? 0;
        IReadOnlyList<(string Peer, Message Message)> more;
        try
        {
            more = await peers.Fence();
        }
        catch (TimeoutException e)
        {
            throw new TraceMismatchException(line, e.Message, e);
        }

        if (more.Count > 0)
        {
            var all = string.Join(", ", more.Select(got => $"{got.Peer} got '{notation.Write(got.Message)}'"));
            throw new TraceMismatchException(line, $"After this line nothing more should come, and {all}.");
        }
    }
}

/// <summary>A server's answer is not the one that the trace has.</summary>
/// <param name="line">The line of the trace.</param>
/// <param name="message">What should have come, and what came.</param>
/// <param name="cause">What showed it.</param>
internal sealed class TraceMismatchException(int line, string message, Exception? cause = null)
    : Exception($"Line {line}: {message}", cause);
