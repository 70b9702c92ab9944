using System.Text.RegularExpressions;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

public sealed partial class PublicFilesTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task The_root_says_running_where_the_public_folder_has_no_page()
    {
        var answer = await gateway.SendAsync("/");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html; charset=utf-8", answer, StringComparison.Ordinal);
        Assert.Contains("running ...", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_the_start_page_links_is_there()
    {
        var links = Links().Matches(await gateway.SendAsync("/")).Select(link => link.Groups[1].Value).ToList();

        Assert.Superset(new HashSet<string>(["demo/", "chat/", "conference/", "ice/"], StringComparer.Ordinal), links.ToHashSet(StringComparer.Ordinal));
        foreach (var link in links)
            Assert.StartsWith("HTTP/1.1 200 ", await gateway.SendAsync($"/{link}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_an_extension_in_a_dot_folder_is_served()
    {
        var answer = await gateway.SendAsync("/.well-known/acme-challenge/x");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/octet-stream", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\ntoken", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_put_there_while_running_is_served()
    {
        gateway.Folder.Write("public/.well-known/acme-challenge/later", "later token");

        Assert.EndsWith("later token", await gateway.SendAsync("/.well-known/acme-challenge/later"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_answers_with_its_page()
    {
        Assert.Contains("größe", await gateway.SendAsync("/folder/"), StringComparison.Ordinal);
        Assert.Contains("Location: ./folder/\r\n", await gateway.SendAsync("/folder"), StringComparison.Ordinal);
        Assert.Contains("Location: ./folder/?a=b\r\n", await gateway.SendAsync("/folder?a=b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/secret.txt")]
    [InlineData("/../secret.txt")]
    [InlineData("/folder/../../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e%2fsecret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("/%252e%252e/secret.txt")]
    [InlineData("//../secret.txt")]
    [InlineData("/folder/..%2f..%2fsecret.txt")]
    [InlineData("/.%00./secret.txt")]
    [InlineData("http://localhost/../secret.txt")]
    public async Task There_is_no_way_out_of_the_folder(string target)
    {
        var answer = await gateway.SendAsync(target);

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.well-known/acme-challenge/x/")]
    [InlineData("/folder/index.html/")]
    [InlineData("/demo/demo.css/")]
    public async Task A_file_is_no_folder(string target)
    {
        Assert.StartsWith("HTTP/1.1 404 ", await gateway.SendAsync(target), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 ", await gateway.SendAsync(target, "HEAD"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_a_socket_is_no_request_for_a_file()
    {
        var answer = await gateway.SendAsync("/", headers: "Connection: Upgrade, close\r\nUpgrade: websocket");

        Assert.NotEmpty(answer);
        Assert.DoesNotContain("running", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_reading_is_served() =>
        Assert.StartsWith("HTTP/1.1 404", await gateway.SendAsync("/", "DELETE"), StringComparison.Ordinal);

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
