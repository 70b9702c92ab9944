using System.Text;
using CsCheck;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens.Signed;

/// <summary>A good token is good as it is, and in no other way.</summary>
public sealed class MutationTests(SignedTokenNode signed) : IClassFixture<SignedTokenNode>
{
    private static readonly Gen<(int At, char With)[]> Changes = Gen.Select(Gen.Int[0, 9999], Gen.Char[(char)0, (char)127]).Array[1, 4];

    public static TheoryData<string> Algorithms => SignedTokenTests.Algorithms;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Whatever_is_changed_in_a_token_it_is_refused(string algorithm)
    {
        var token = TokenBy(algorithm);
        Assert.Null(await signed.FaultOfAsync(token));

        await Changes.SampleAsync(async changes =>
        {
            var changed = new StringBuilder(token);
            foreach (var (at, with) in changes)
                changed[at % changed.Length] = with;
            var other = changed.ToString();
            return string.Equals(other, token, StringComparison.Ordinal) || await signed.FaultOfAsync(other) is not null;
        });
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Whatever_is_cut_put_in_or_said_twice_it_is_refused(string algorithm)
    {
        var token = TokenBy(algorithm);
        var parts = token.Split('.');
        for (var i = 0; i < token.Length; i++)
        {
            Assert.NotNull(await signed.FaultOfAsync(token[..i]));
            Assert.NotNull(await signed.FaultOfAsync(token.Remove(i, 1)));
            Assert.NotNull(await signed.FaultOfAsync(token.Insert(i, " ")));
        }

        foreach (var other in (string[])[token + " ", token + "=", token + ".", $".{token}", $"{token}.{parts[2]}", $"{parts[0]}.{parts[1]}.{parts[2]}{parts[2]}"])
            Assert.NotNull(await signed.FaultOfAsync(other));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task The_last_character_has_no_bits_to_spare(string algorithm)
    {
        var token = TokenBy(algorithm);
        foreach (var last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(last => last != token[^1]))
            Assert.NotNull(await signed.FaultOfAsync(token[..^1] + last));
    }

    private string TokenBy(string algorithm) =>
        (algorithm switch { "HS256" => signed.Hs256, "RS256" => signed.Rs256, _ => signed.Es256 }).SignUntil(signed.Soon, "\"sub\": \"anna\"");
}
