using System.Text;
using Signaling.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

public sealed class TokenRequestTests
{
    [Theory]
    [InlineData("""{"userToken": "abc", "timeout": 60}""", "abc", 60)]
    [InlineData("""{"timeout": 0, "userToken": "", "more": [{"userToken": "no"}]}""", "", 0)]
    [InlineData("""{"userToken": "a", "timeout": 0.25}""", "a", 0.25)]
    [InlineData("""{"userToken": "a", "timeout": 1e3}""", "a", 1000)]
    [InlineData("""{"userToken": "a", "timeout": 1e999}""", "a", double.PositiveInfinity)]
    [InlineData("""{"userToken": "a", "timeout": -0}""", "a", 0)]
    [InlineData("""{"userToken": "constructor", "timeout": 1}""", "constructor", 1)]
    [InlineData("""{"userToken": "__proto__", "timeout": 1}""", "__proto__", 1)]
    [InlineData("""{"userToken": "é😀\u00e9\ud83d\ude00\u0000\n", "timeout": 1}""", "é😀é😀\0\n", 1)]
    [InlineData("""{"userToken": "a", "userToken": "b", "timeout": 1, "timeout": 2}""", "b", 2)]
    [InlineData("""{"\ud800": 1, "userToken": "a", "timeout": 1, "\udc00x": 1}""", "a", 1)]
    public void A_registration_is_a_text_and_a_time(string body, string userToken, double seconds)
    {
        Assert.True(TokenRequest.TryRead(Encoding.UTF8.GetBytes(body), out var request, out var error), error);
        Assert.Equal(new TokenRequest(userToken, seconds), request);
    }

    [Theory]
    [InlineData("", "the body is not JSON")]
    [InlineData("{", "the body is not JSON")]
    [InlineData("""{"userToken": "a", "timeout": 1}x""", "the body is not JSON")]
    [InlineData("""{'userToken': 'a', 'timeout': 1}""", "the body is not JSON")]
    [InlineData("""{"userToken": "a", "timeout": NaN}""", "the body is not JSON")]
    [InlineData("\"abc\"", "the body has to be an object")]
    [InlineData("[]", "the body has to be an object")]
    [InlineData("null", "the body has to be an object")]
    [InlineData("{}", "\"userToken\" has to be a string")]
    [InlineData("""{"timeout": 1}""", "\"userToken\" has to be a string")]
    [InlineData("""{"usertoken": "a", "timeout": 1}""", "\"userToken\" has to be a string")]
    [InlineData("""{"userToken": 5, "timeout": 1}""", "\"userToken\" has to be a string")]
    [InlineData("""{"userToken": null, "timeout": 1}""", "\"userToken\" has to be a string")]
    [InlineData("""{"userToken": "\ud800", "timeout": 1}""", "\"userToken\" has half a character")]
    [InlineData("""{"userToken": "a\ude00\ud83d", "timeout": 1}""", "\"userToken\" has half a character")]
    [InlineData("""{"userToken": "a"}""", "\"timeout\" has to be a number")]
    [InlineData("""{"userToken": "a", "timeout": "60"}""", "\"timeout\" has to be a number")]
    [InlineData("""{"userToken": "a", "timeout": null}""", "\"timeout\" has to be a number")]
    [InlineData("""{"userToken": "a", "timeout": -1}""", "\"timeout\" has to be a number")]
    [InlineData("""{"userToken": "a", "timeout": -1e999}""", "\"timeout\" has to be a number")]
    public void Anything_else_is_refused_with_what_is_wrong(string body, string error)
    {
        Assert.False(TokenRequest.TryRead(Encoding.UTF8.GetBytes(body), out _, out var text));
        Assert.Contains(error, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] body = [.. "{\"userToken\": \""u8, 0xff, 0xfe, .. "\", \"timeout\": 1}"u8];

        Assert.False(TokenRequest.TryRead(body, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.False(TokenRequest.TryRead(Encoding.UTF8.GetBytes(new string('[', 10_000)), out _, out _));

    [Fact]
    public void A_registration_never_shows_its_token() =>
        Assert.DoesNotContain("secret", new TokenRequest("secret", 1).ToString(), StringComparison.Ordinal);
}
