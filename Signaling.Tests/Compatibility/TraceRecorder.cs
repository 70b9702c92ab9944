using System.Text;

namespace Signaling.Tests.Compatibility;

/// <summary>Writes a trace anew with the answers that a server gives to its script.</summary>
internal static class TraceRecorder
{
    /// <summary>The original notices that a socket has closed some turns of its event loop later.</summary>
    private const int Rounds = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Records a trace.</summary>
    /// <param name="text">The trace; its comments and steps stay, its answers are replaced.</param>
    /// <param name="server">
    /// A server in one process that answers at once: there is no golden answer to wait for, and the fence behind each
    /// paragraph is all that gathers what came.
    /// </param>
    /// <returns>The trace with the server's answers.</returns>
    public static async Task<string> Record(string text, Uri server)
    {
        var notation = new Notation(TraceFile.NewRun());
        var trace = Trace.Parse(text, notation);
        await using var peers = new Peers([server], Patience);
        var recorded = new StringBuilder();
        foreach (var paragraph in trace.Paragraphs)
        {
            foreach (var step in paragraph.Steps)
                await peers.Do(step);

            if (recorded.Length > 0)
                recorded.Append('\n');
            foreach (var line in paragraph.Script)
                recorded.Append(line).Append('\n');
            foreach (var (peer, message) in await peers.Fence(Rounds))
                recorded.Append($"{peer} < {notation.Write(message)}").Append('\n');
        }

        return recorded.ToString();
    }
}
