using System.Net.Sockets;
using Signaling.Tests.Gateway.Limits;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

/// <summary>What else a strict service bears of those who speak HTTP, and tells browsers.</summary>
public sealed class PublicAnswersTests(PublicAnswersTests.Gateway gateway) : IClassFixture<PublicAnswersTests.Gateway>
{
    private const string Register = "/api/admin/regUserToken";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Uri Http => gateway.Strict.Http;

    [Theory]
    [InlineData("/")]
    [InlineData("/demo/")]
    [InlineData("/demo/page.js")]
    [InlineData("/demo/config.json")]
    [InlineData("/own.html")]
    [InlineData("/nothing")]
    [InlineData(Register)]
    public async Task No_answer_is_taken_for_what_it_is_not_nor_says_who_gives_it(string path)
    {
        var answer = await AskAsync($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Contains("\r\nX-Content-Type-Options: nosniff\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nServer:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Powered-By", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/demo/", true)]
    [InlineData("/chat/", true)]
    [InlineData("/conference/", true)]
    [InlineData("/ice/", true)]
    [InlineData("/own.html", false)]
    public async Task The_programs_own_pages_say_what_they_need_and_others_are_left_alone(string path, bool isOwn)
    {
        var answer = await AskAsync($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(isOwn, answer.Contains("\r\nContent-Security-Policy: default-src 'self'; ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9_000, 1, 100, "414")] // of the first line
    [InlineData(100, 1, 17_000, "431")]
    [InlineData(100, 70, 10, "431")]
    public async Task A_request_has_a_size(int target, int headers, int header, string status)
    {
        var lines = string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: {new string('x', header)}\r\n"));

        var answer = await AskAsync($"GET /{new string('x', target)} HTTP/1.1\r\nHost: a\r\n{lines}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 3000000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5000\r\n")]
    public async Task A_body_has_a_size(string rest)
    {
        var answer = await AskAsync($"POST {Register} HTTP/1.1\r\nHost: a\r\nAuthorization: admin\r\n{rest}{new string('x', 0x5000)}");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_hardly_comes_is_given_up()
    {
        using var late = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(Http.Host, Http.Port, late.Token);
        var stream = client.GetStream();

        var answer = await RawHttp.AskAsync(stream, $"POST {Register} HTTP/1.1\r\nHost: a\r\nAuthorization: admin\r\nContent-Length: 100\r\n\r\n{{", late.Token);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string request)
    {
        using var late = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(Http.Host, Http.Port, late.Token);
        return await RawHttp.AskAsync(client.GetStream(), request, late.Token);
    }

    /// <summary>A program that is there for all of these tests.</summary>
    public sealed class Gateway : IAsyncLifetime
    {
        internal StrictGateway Strict { get; private set; } = null!;

        public async Task InitializeAsync() => Strict = await StrictGateway.StartAsync(adminToken: "admin");

        public async Task DisposeAsync() => await Strict.DisposeAsync();
    }
}
