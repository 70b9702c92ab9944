using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Logging;
using Xunit;

namespace Signaling.Tests.Gateway.Logging;

public sealed class LineFormatterTests
{
    private const string Time = "(2017-12-13T05:07:14.468Z)";

    [Theory]
    [InlineData(LogLevel.Information, "[127.0.0.1:61215] connected on 127.0.0.1:12776", "[127.0.0.1:61215] connected on 127.0.0.1:12776")]
    [InlineData(LogLevel.Debug, "listening", " listening")]
    [InlineData(LogLevel.Warning, "[::1:5] slow", " warning: [::1:5] slow")]
    [InlineData(LogLevel.Error, "lost", " error: lost")]
    [InlineData(LogLevel.Critical, "gone", " critical: gone")]
    public void A_line_has_the_time_the_level_if_it_matters_and_the_message(LogLevel level, string message, string expected) =>
        Assert.Equal($"{Time}{expected}{Environment.NewLine}", Format(level, message));

    [Theory]
    [InlineData("a\r\n(2017) forged", "a\\u000D\\u000A(2017) forged")]
    [InlineData("\u001b[31mred", "\\u001B[31mred")]
    [InlineData("\u202Egpj", "\\u202Egpj")]
    [InlineData("größe 😀", "größe 😀")]
    public void What_a_peer_put_into_a_message_stays_on_its_line(string message, string expected) =>
        Assert.Equal($"{Time} {expected}{Environment.NewLine}", Format(LogLevel.Information, message));

    [Fact]
    public void An_exception_is_an_indented_block()
    {
        var text = Format(LogLevel.Error, "lost", new InvalidOperationException("first\nsecond"));

        Assert.Equal(
            [$"{Time} error: lost", "    System.InvalidOperationException: first", "    second", ""],
            text.Split(Environment.NewLine));
    }

    private static string Format(LogLevel level, string message, Exception? exception = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2017, 12, 13, 5, 7, 14, 468, TimeSpan.Zero));
        using var writer = new StringWriter();
        new LineFormatter(time).Write(
            new LogEntry<string>(level, "Signaling", 0, message, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
