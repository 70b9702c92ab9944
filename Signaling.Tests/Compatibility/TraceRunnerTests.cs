using Xunit;

namespace Signaling.Tests.Compatibility;

/// <summary>The traces prove something only if a server that answers otherwise fails them.</summary>
public sealed class TraceRunnerTests
{
    /// <summary>How long to wait for what never comes.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private const string Reserve = "a: open /\n\na > 3 -1 \"$room\"\na < 3 -1 \"$room\"\n";

    [Fact]
    public async Task A_server_that_answers_as_written_passes() =>
        await Replay(Reserve, message => [message]);

    [Fact]
    public async Task A_batch_is_sent_whole_and_answered_in_order() =>
        await Replay("a: open /\n\na > { 2 1 [01]; 2 1 bytes(70000) in 3 fragments; close 1000 }\na < 2 1 [01]\na < close 1000\n",
            message => message.Length < 100 ? [message] : []);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Another_byte_fails(int position) => await Fails(Reserve, message =>
    {
        message[position] ^= 2;
        return [message];
    }, "Line 4: a should get '3 -1 \"$room\"' and got ");

    [Fact]
    public async Task A_byte_too_many_fails() =>
        await Fails(Reserve, message => [[.. message, 0]], "and got '3 -1 \"$room\" + [00]'");

    [Fact]
    public async Task An_answer_too_many_fails() =>
        await Fails(Reserve, message => [message, [8, 0, 1, 0]], "Line 4: After this line nothing more should come, and a got '8 1'.");

    [Fact]
    public async Task An_answer_where_none_is_due_fails() =>
        await Fails("a: open /\n\na > [00]\n", message => [message], "Line 3: After this line nothing more should come, and a got '[00]'.");

    [Fact]
    public async Task A_missing_answer_fails() =>
        await Fails("a: open /\n\na > [00]\na < 8 1\n", _ => [], "Line 4: a should get '8 1' and got nothing within 0.2 s.", Soon);

    [Fact]
    public async Task Answers_in_another_order_fail() =>
        await Fails("a: open /\n\na > [00]\na < 6 1\na < 8 1\n", _ => [[8, 0, 1, 0], [6, 0, 1, 0]], "Line 4: a should get '6 1' and got '8 1'.");

    [Fact]
    public async Task A_socket_that_stays_open_where_it_should_close_fails() =>
        await Fails("a: open /\na < close 1008 \"Unknown app\"\n", _ => [], "Line 2: a should get 'close 1008 \"Unknown app\"' and got nothing within 0.2 s.", Soon);

    [Fact]
    public async Task Another_close_code_fails() =>
        await Fails("a: open /\n\na > close 1000\na < close 1001\n", _ => [], "Line 4: a should get 'close 1001' and got 'close 1000'.");

    [Fact]
    public async Task A_close_where_none_is_due_fails() =>
        await Fails("a: open /\n\na > close 1000\n", _ => [], "Line 3: After this line nothing more should come, and a got 'close 1000'.");

    [Fact]
    public async Task A_server_that_gives_no_sign_of_life_fails()
    {
        await using var server = await FakeServer.Start(silent: true);
        var mismatch = await Assert.ThrowsAsync<TraceMismatchException>(
            () => TraceRunner.Replay("a: open /\n", [server.Url], Soon));
        Assert.Contains("a got no answer to its heartbeat and version", mismatch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_of_a_peer_without_a_socket_is_an_error_in_the_trace()
    {
        await using var server = await FakeServer.Start();
        var error = await Assert.ThrowsAsync<FormatException>(() => TraceRunner.Replay("a > [00]\n", [server.Url]));
        Assert.Equal("Line 1: 'a' has no socket: open one first.", error.Message);
    }

    private static async Task Replay(string trace, Func<byte[], byte[][]> answers)
    {
        await using var server = await FakeServer.Start(answers);
        await TraceRunner.Replay(trace, [server.Url]);
    }

    private static async Task Fails(string trace, Func<byte[], byte[][]> answers, string saying, TimeSpan? patience = null)
    {
        await using var server = await FakeServer.Start(answers);
        var mismatch = await Assert.ThrowsAsync<TraceMismatchException>(
            () => TraceRunner.Replay(trace, [server.Url], patience));
        Assert.Contains(saying, mismatch.Message, StringComparison.Ordinal);
    }
}
