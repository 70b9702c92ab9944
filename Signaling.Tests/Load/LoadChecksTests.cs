using Xunit;

namespace Signaling.Tests.Load;

/// <summary>That a load finds what a service does wrong, by servers that each do one thing wrong.</summary>
public sealed class LoadChecksTests
{
    [Theory]
    [InlineData("Lost", "1 message never came")]
    [InlineData("Doubled", "came again")]
    [InlineData("Reordered", "came after a later one")]
    [InlineData("Damaged", "is not as it was sent")]
    [InlineData("Stray", "came for link")]
    [InlineData("Broken", "the connection broke")]
    public async Task Whatever_is_wrong_with_a_single_message_is_found(string fault, string sentence)
    {
        await using var relay = await BrokenRelay.StartAsync(Enum.Parse<Fault>(fault));

        // With a rate only one end of the pair is told anything by the other: nothing but the fault itself shows.
        var (command, figures) = await LoadedCommand.MeasureAsync("relay", $"{relay.Url}", "--pairs", "1", "--rate", "200", "--timeout", "3");

        Assert.Matches($"^error: end [01] at ws://127.*{sentence}", command.Error);
        Assert.Equal(1, command.ExitCode);
        Assert.Contains("not ok", command.Output, StringComparison.Ordinal);
        var wrong = figures.GetProperty("wrong");
        Assert.InRange(wrong.GetProperty(fault.ToLowerInvariant()).GetInt64(), 1, 2);
        Assert.Contains(sentence, string.Join('\n', wrong.GetProperty("sentences").EnumerateArray().Select(one => one.GetString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_a_lost_message_has_stopped_is_found_too()
    {
        await using var relay = await BrokenRelay.StartAsync(Fault.Lost);

        var (command, figures) = await LoadedCommand.MeasureAsync("relay", $"{relay.Url}", "--pairs", "1", "--window", "2", "--timeout", "3");

        Assert.Equal(1, command.ExitCode);
        Assert.Equal(1, figures.GetProperty("wrong").GetProperty("lost").GetInt64());
    }
}
