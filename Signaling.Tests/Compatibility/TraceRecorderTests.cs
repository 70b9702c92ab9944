using Xunit;

namespace Signaling.Tests.Compatibility;

/// <summary>
/// Recording. With the variable SIGNALING_RECORD_FROM set to the URL of a server (the original, with its default
/// configuration), the second test records from that server into the source tree.
/// </summary>
public sealed class TraceRecorderTests
{
    [Fact]
    public async Task What_the_server_answers_takes_the_place_of_the_old_answers()
    {
        await using var server = await FakeServer.Start(message => [message, [8, 0, 1, 0]]);
        var recorded = await TraceRecorder.Record(
            "# Why.\n\na: open /\na < close 1001\n\na > heartbeat\n\n# More.\na > 3 -1 text(300, \"$room\")\na < heartbeat\n", server.Url);
        Assert.Equal(
            "# Why.\n\na: open /\n\na > heartbeat\na < heartbeat\n\n# More.\na > 3 -1 text(300, \"$room\")\na < 3 -1 text(300, \"$room\")\na < 8 1\n",
            recorded);
    }

    [Fact]
    public async Task Recording_keeps_every_comment_and_step_of_the_traces()
    {
        var original = Environment.GetEnvironmentVariable("SIGNALING_RECORD_FROM");
        await using var fake = await FakeServer.Start();
        foreach (var name in TraceFile.Recorded)
        {
            var before = await TraceFile.Read(name);
            var after = await TraceRecorder.Record(before, original is null ? fake.Url : new Uri(original));
            Assert.Equal(Script(before), Script(after), StringComparer.Ordinal);
            if (original is not null)
                await TraceFile.Write(name, after);
        }
    }

    private static IEnumerable<string> Script(string trace) =>
        Trace.Parse(trace, new Notation(TraceFile.NewRun())).Paragraphs.SelectMany(paragraph => paragraph.Script);
}
