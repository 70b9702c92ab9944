using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

/// <summary>What a file says of limits, and what comes of it.</summary>
public sealed class StrictSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 104857600)]
    [InlineData("\"maxPayload\": 5,", 5)]
    public void The_file_of_an_original_sets_no_limits(string keys, long maxPayload)
    {
        var options = Load("", keys);

        Assert.False(options.Strict);
        Assert.False(options.AddressesAreKnown);
        Assert.Equal(maxPayload, options.MaxPayload);
        Assert.Equal(LimitsInForce.Of(strict: false, new LimitOptions()), LimitsInForce.Of(options.Strict, options.Limits));
    }

    [Theory]
    [InlineData("", 1048576)]
    [InlineData("\"maxPayload\": 5,", 5)]
    [InlineData("\"maxPayload\": 0,", 0)]
    public void Strict_allows_messages_of_a_mebibyte_unless_the_file_says_otherwise(string keys, long maxPayload) =>
        Assert.Equal(maxPayload, Load("\"strict\": true", keys).MaxPayload);

    [Fact]
    public void Each_setting_is_taken_over()
    {
        _environment["SIGNALING__ORIGINS"] = "https://a.example.com, null";
        _environment["SIGNALING__LIMITS__BYTESPERSECOND"] = "7";
        var options = Load("\"strict\": true, \"limits\": {\"socketsPerAddress\": 0, \"handshakeTime\": \"00:00:05\"}, \"origins\": [\"*\"]");

        Assert.True(options.Strict);
        Assert.Equal(["https://a.example.com", "null"], options.Origins);
        Assert.Equal((0, TimeSpan.FromSeconds(5), 7), (options.Limits.SocketsPerAddress, options.Limits.HandshakeTime, options.Limits.BytesPerSecond));
    }

    [Theory]
    [InlineData("\"direct\": true", true)]
    [InlineData("\"direct\": false", false)]
    [InlineData("\"trusted\": [\"10.0.0.1\"]", true)]
    public void Addresses_are_known_with_proxies_that_are_trusted_or_without_any(string proxies, bool areKnown) =>
        Assert.Equal(areKnown, Load($"\"proxies\": {{{proxies}}}").AddressesAreKnown);

    [Theory]
    [InlineData("\"strict\": \"yes\"", "signaling.strict is \"yes\"; allowed is true or false.")]
    [InlineData("\"limits\": {\"sockets\": -1}", "signaling.limits.sockets is \"-1\"; allowed is a whole number from 0 to 1000000.")]
    [InlineData("\"limits\": {\"handshakeTime\": \"00:10:01\"}", "signaling.limits.handshakeTime is \"00:10:01\"; allowed is a time as hours:minutes:seconds from 00:00:00 to 00:10:00.")]
    [InlineData(
        "\"origins\": [\"example.com\"]",
        "signaling.origins[0] is \"example.com\"; allowed is an origin without a path, such as https://example.com, https://*.example.com for every name below it, null for pages without one, or * for all.")]
    public void What_is_wrong_is_told(string settings, string message) =>
        Assert.EndsWith(message, Assert.Throws<StartupException>(() => Load(settings)).Message, StringComparison.Ordinal);

    private SignalingOptions Load(string settings, string keys = "")
    {
        _folder.Write("config.json", $$"""{"httpConfig": {"port": 80}, {{keys}} "apps": [{"path": "/"}], "signaling": { {{settings}} } }""");
        var options = new SignalingOptions();
        new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System).Load(new StartArguments(), []).CopyTo(options);
        return options;
    }
}
