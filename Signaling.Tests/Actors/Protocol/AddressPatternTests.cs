using System.Text.RegularExpressions;
using CsCheck;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Protocol;

public sealed class AddressPatternTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Few units, so that many match; a surrogate of its own, and what means something to a Regex.
    private static readonly Gen<string> Patterns = Gen.OneOf([.. new[] { "a", "b", "*", "**", ".", "\n", "\uD800" }.Select(Gen.Const)]).Array[0, 8].Select(string.Concat);
    private static readonly Gen<string> Addresses = Gen.OneOf([.. new[] { "a", "b", "*", ".", "\n", "\uD800" }.Select(Gen.Const)]).Array[0, 12].Select(string.Concat);

    [Fact]
    public void A_pattern_means_what_a_regular_expression_of_it_does() =>
        Gen.Select(Patterns, Addresses).Sample((pattern, address) => new AddressPattern(pattern).Matches(address) == AsRegex(pattern, address), iter: 20_000);

    [Fact]
    public void Of_several_patterns_one_suffices() =>
        Gen.Select(Patterns.Array[0, 4], Addresses).Sample(
            (patterns, address) => new AddressPattern(patterns).Matches(address) == patterns.Any(pattern => AsRegex(pattern, address)));

    [Fact]
    public void The_worst_pattern_for_the_longest_address_takes_no_more_than_both_lengths()
    {
        var pattern = new AddressPattern(string.Concat(Enumerable.Repeat("*a", 128)) + "b");

        Assert.False(pattern.Matches(new string('a', AddressKey.MaxAddressLength)));
    }

    private static bool AsRegex(string pattern, string address) =>
        Regex.IsMatch(address, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}\\z", RegexOptions.Singleline, Patience);
}
