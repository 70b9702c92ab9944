using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/callapp", "/callapp", "")]
    [InlineData("/Test", "/Test", "")]
    [InlineData("/test/", "/test/", "")]
    [InlineData("/te%73t", "/te%73t", "")]
    [InlineData("/a+b", "/a+b", "")]
    [InlineData("//test", "//test", "")]
    [InlineData("/a/../test", "/a/../test", "")]
    [InlineData("/test?", "/test", "")]
    [InlineData("/test?a=1&b=2", "/test", "a=1&b=2")]
    [InlineData("/?/callapp", "/", "/callapp")]
    [InlineData("/test?a=1?b=2", "/test", "a=1?b=2")]
    [InlineData("/test#part", "/test", "")]
    [InlineData("/test?a=1#part?b=2", "/test", "a=1")]
    [InlineData("/test#part?a=1", "/test", "")]
    [InlineData("/test?back=http://other/path", "/test", "back=http://other/path")]
    [InlineData("http://host/test?a=1", "/test", "a=1")]
    [InlineData("wss://host:12777/test", "/test", "")]
    [InlineData("http://host", "/", "")]
    [InlineData("http://host/", "/", "")]
    [InlineData("http://host?a=/b", "/", "a=/b")]
    [InlineData("http://host#a/b", "/", "")]
    [InlineData("*", "*", "")]
    [InlineData("", "", "")]
    public void Path_and_query_are_taken_as_they_are_written(string raw, string path, string query) =>
        Assert.Equal(new RequestTarget(path, query), RequestTarget.Parse(raw));

    [Theory]
    [InlineData("/?userToken=abc", "abc")]
    [InlineData("/?a=1&userToken=abc&b=2", "abc")]
    [InlineData("/?userToken=", "")]
    [InlineData("/?userToken", "")]
    [InlineData("/?userToken=a%20b+c", "a b c")]
    [InlineData("/?userToken=a%2Bb%26c%3Dd", "a+b&c=d")]
    [InlineData("/?userToken=a=b", "a=b")]
    [InlineData("/?user%54oken=abc", "abc")]
    [InlineData("/?userToken=%C3%A9%F0%9F%98%80", "é😀")]
    [InlineData("/?usertoken=abc", null)]
    [InlineData("/?UserToken=abc", null)]
    [InlineData("/?userToken =abc", null)]
    [InlineData("/?xuserToken=abc", null)]
    [InlineData("/", null)]
    [InlineData("/?", null)]
    [InlineData("/userToken=abc", null)]
    [InlineData("/#?userToken=abc", null)]
    [InlineData("/?userToken=abc&userToken=abc", null)]
    [InlineData("/?userToken=abc&user%54oken=abc", null)]
    [InlineData("/?userToken=abc&userToken", null)]
    public void A_query_key_is_compared_exactly_and_counts_only_once(string raw, string? value) =>
        Assert.Equal(value, RequestTarget.Parse(raw).QueryValue("userToken"));
}
