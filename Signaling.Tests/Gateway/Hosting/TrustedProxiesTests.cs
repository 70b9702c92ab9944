using System.Net;
using System.Text.RegularExpressions;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

/// <summary>What the log shows as a peer's address, on a listener of IPv6 and IPv4, with and without proxies to trust.</summary>
public sealed partial class TrustedProxiesTests(TrustedProxiesTests.Programs programs) : IClassFixture<TrustedProxiesTests.Programs>
{
    private const string Trusted = "127.0.0.1, 127.0.9.0/24, 2001:db8::/32";

    [Theory]
    [InlineData("127.0.0.1", "198.51.100.7:4711", "198.51.100.7:4711")]
    [InlineData("127.0.0.1", "198.51.100.7", "198.51.100.7:0")]
    [InlineData("127.0.0.1", "[2001:db9::7]:4711", "[2001:db9::7]:4711")]
    [InlineData("127.0.9.200", "2001:db9::7", "[2001:db9::7]:0")]
    public async Task The_word_of_a_trusted_proxy_counts(string proxy, string header, string seen) =>
        Assert.Equal(seen, await programs.Trusting.SeenAsync(proxy, header));

    [Theory]
    [InlineData("198.51.100.7:4711, 127.0.9.1, 127.0.0.1", "198.51.100.7:4711")]
    [InlineData("198.51.100.7:4711, 2001:db8::1", "198.51.100.7:4711")]
    [InlineData("127.0.9.9:4711", "127.0.9.9:4711")] // a proxy that is a peer itself
    public async Task A_chain_of_trusted_proxies_is_walked(string header, string seen) =>
        Assert.Equal(seen, await programs.Trusting.SeenAsync("127.0.0.1", header));

    [Theory]
    [InlineData("192.0.2.1, 198.51.100.7:4711")]
    [InlineData("127.0.0.1, 192.0.2.1, 198.51.100.7:4711")]
    [InlineData("garbage, , 192.0.2.1, 198.51.100.7:4711, 127.0.9.1")]
    [InlineData("192.0.2.1\r\nX-Forwarded-For: 198.51.100.7:4711")]
    public async Task What_a_peer_has_put_in_front_is_not_looked_at(string header) =>
        Assert.Equal("198.51.100.7:4711", await programs.Trusting.SeenAsync("127.0.0.1", header));

    [Theory]
    [InlineData("garbage")]
    [InlineData("198.51.100.7, garbage")]
    [InlineData("198.51.100.7:99999")]
    [InlineData(", ,")]
    [InlineData("")]
    public async Task Of_garbage_nothing_is_taken(string header) =>
        Assert.StartsWith("127.0.0.1:", await programs.Trusting.SeenAsync("127.0.0.1", header), StringComparison.Ordinal);

    [Theory]
    [InlineData("198.51.100.7")]
    [InlineData("198.51.100.7, 127.0.0.1")]
    public async Task The_word_of_anybody_else_does_not_count(string header) =>
        Assert.StartsWith("127.0.0.5:", await programs.Trusting.SeenAsync("127.0.0.5", header), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.5")]
    public async Task With_nobody_to_trust_the_header_is_not_looked_at(string from) =>
        Assert.StartsWith(from + ':', await programs.Distrustful.SeenAsync(from, "198.51.100.7:4711"), StringComparison.Ordinal);

    [Fact]
    public async Task On_the_internal_listener_who_connects_counts()
    {
        var port = NodeProcess.FreePort();
        await using var program = await LoggingProgram.StartAsync(
            ("SIGNALING__PROXIES__TRUSTED", Trusted), ("SIGNALING__INTERNAL__PORT", $"{port}"));
        using var client = new HttpClient();
        using var drain = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/node/drain"));
        drain.Headers.Add("X-Forwarded-For", "198.51.100.7");

        using var answer = await client.SendAsync(drain);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode); // 403 to who comes from elsewhere
    }

    [Fact]
    public void The_log_says_who_is_trusted()
    {
        Assert.Contains(programs.Trusting.StartLog, line => line.EndsWith($"X-Forwarded-For is believed of {Trusted}", StringComparison.Ordinal));
        Assert.DoesNotContain(programs.Distrustful.StartLog, line => line.Contains("X-Forwarded-For", StringComparison.Ordinal));
    }

    /// <summary>Two programs that are there for all of these tests.</summary>
    public sealed class Programs : IAsyncLifetime
    {
        internal LoggingProgram Trusting { get; private set; } = null!;

        internal LoggingProgram Distrustful { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Trusting = await LoggingProgram.StartAsync(("SIGNALING__PROXIES__TRUSTED", Trusted));
            Distrustful = await LoggingProgram.StartAsync();
        }

        public async Task DisposeAsync()
        {
            await Trusting.DisposeAsync();
            await Distrustful.DisposeAsync();
        }
    }

    /// <summary>The program with its verbose log.</summary>
    internal sealed partial class LoggingProgram : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly GatewayProcess _process;
        private IPEndPoint? _listener;

        private LoggingProgram((string Name, string Value)[] environment)
        {
            _folder.Write("config.json", """{"httpConfig": {"port": 0}, "apps": [{"path": "/callapp"}]}""");
            _process = GatewayProcess.Start(_folder.Path, [], environment);
        }

        public IReadOnlyList<string> StartLog { get; private set; } = [];

        public static async Task<LoggingProgram> StartAsync(params (string Name, string Value)[] environment)
        {
            var program = new LoggingProgram(environment);
            program.StartLog = await program._process.ReadUntilAsync("listening on http://[::]:");
            program._listener = new IPEndPoint(IPAddress.Loopback, new Uri(program.StartLog[^1].Split(' ')[^1]).Port);
            return program;
        }

        /// <summary>Opens a socket from an address of this machine, with a header, and returns what the log calls its peer.</summary>
        public async Task<string> SeenAsync(string from, string header)
        {
            using var peer = await ForwardedPeer.ConnectAsync(_listener!, IPAddress.Parse(from), header);
            return Connected().Match(await _process.WaitForLineAsync("] connected on ")).Groups["peer"].Value;
        }

        public async ValueTask DisposeAsync()
        {
            await _process.DisposeAsync();
            _folder.Dispose();
        }

        [GeneratedRegex(@"\)\[(?<peer>.*)\] connected on ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Connected();
    }
}
