using Xunit;

namespace Signaling.Tests.House;

/// <summary>What keeps the house easy to find one's way in.</summary>
public sealed class OrderTests
{
    private const int MostLines = 300;

    [Fact]
    public void No_file_is_too_long_to_read_at_a_sitting() =>
        Assert.All(SourceFile.All, file =>
        {
            var lines = file.Text.AsSpan().Count('\n');
            Assert.True(lines <= MostLines, $"{file} has {lines} lines, more than {MostLines}. Which idea in it wants a file of its own?");
        });

    [Fact]
    public void No_name_says_nothing() =>
        Assert.All(SourceFile.All, file => Assert.DoesNotMatch(
            @"\b(class|record|struct|interface|enum|namespace)\s+[\w.]*(Utils?|Utility|Utilities|Helpers?|Managers?)\b", file.Code));

    [Fact]
    public void A_file_is_where_its_namespace_says() =>
        Assert.All(SourceFile.All.Where(file => file.Code.Contains("\nnamespace ", StringComparison.Ordinal)), file =>
            Assert.Contains($"\nnamespace {file.Namespace};\n", file.Text, StringComparison.Ordinal));

    [Fact]
    public void No_queue_is_without_a_bound() =>
        Assert.All(SourceFile.Product, file => Assert.DoesNotContain("CreateUnbounded", file.Code, StringComparison.Ordinal));
}
