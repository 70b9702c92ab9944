using Signaling.Gateway.Origins;
using Xunit;

namespace Signaling.Tests.Gateway.Origins;

public sealed class OriginPatternTests
{
    [Theory]
    [InlineData("https://example.com", "https://example.com", true)]
    [InlineData("https://Example.com", "https://example.com", true)]
    [InlineData("https://example.com:443", "https://example.com", true)]
    [InlineData("http://example.com:80", "http://example.com", true)]
    [InlineData("https://example.com:8443", "https://example.com:8443", true)]
    [InlineData("https://example.com", "https://example.com:8443", false)]
    [InlineData("https://example.com", "http://example.com", false)]
    [InlineData("https://example.com", "https://www.example.com", false)]
    [InlineData("https://example.com", "https://example.com.evil.org", false)]
    [InlineData("https://example.com", "null", false)]
    [InlineData("https://*.example.com", "https://www.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b.EXAMPLE.com", true)]
    [InlineData("https://*.example.com:8443", "https://www.example.com:8443", true)]
    [InlineData("https://*.example.com", "https://www.example.com:8443", false)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "https://evil.org/.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.org#.example.com", false)]
    [InlineData("https://*.example.com", "https://user@a.example.com", false)]
    [InlineData("https://*.example.com", "http://www.example.com", false)]
    [InlineData("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", true)]
    [InlineData("capacitor://localhost", "capacitor://localhost", true)]
    [InlineData("null", "null", true)]
    [InlineData("null", "https://example.com", false)]
    [InlineData("*", "https://example.com", true)]
    [InlineData("*", "null", true)]
    public void An_origin_is_among_them_or_not(string pattern, string origin, bool isAmong) =>
        Assert.Equal(isAmong, OriginPattern.Parse(pattern)!.Matches(origin));

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("https://example.com/")]
    [InlineData("https://example.com/path")]
    [InlineData("https://*")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://*example.com")]
    [InlineData("*.example.com")]
    [InlineData("https://user@example.com")]
    [InlineData("https://example.com:port")]
    [InlineData("https://example..com")]
    [InlineData("https://example.com\n")]
    public void What_is_no_origin_is_refused(string text) => Assert.Null(OriginPattern.Parse(text));
}
