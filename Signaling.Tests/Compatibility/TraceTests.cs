using Xunit;

namespace Signaling.Tests.Compatibility;

/// <summary>A running server with the original's default configuration, on one node or several.</summary>
public interface IServerUnderTest
{
    /// <summary>Where its nodes take WebSockets, as in <c>ws://127.0.0.1:12776</c>.</summary>
    IReadOnlyList<Uri> Nodes { get; }
}

/// <summary>Replays all traces against a server. To be derived from once for each server, with its class fixture.</summary>
public abstract class TraceTests(IServerUnderTest server)
{
    /// <summary>The names of the traces.</summary>
    public static TheoryData<string> Traces => [.. TraceFile.All];

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task Peers_get_the_answers_of_the_trace(string trace) =>
        await TraceRunner.Replay(await TraceFile.Read(trace), server.Nodes);
}
