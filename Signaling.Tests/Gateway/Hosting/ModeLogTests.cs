using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

/// <summary>What the log says at start of the mode, and of what is open in it.</summary>
public sealed class ModeLogTests : IDisposable
{
    private const string Strict = "strict: ";
    private const string AddressesUnknown = "there are no limits for each client address";
    private const string OriginsOpen = "web pages of any origin are let in";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", OriginsOpen)]
    [InlineData("\"origins\": [\"*\"]", "")]
    [InlineData("\"strict\": true", Strict + "|" + AddressesUnknown)]
    [InlineData("\"strict\": true, \"proxies\": {\"direct\": true}", Strict)]
    [InlineData("\"strict\": true, \"proxies\": {\"trusted\": [\"10.0.0.1\"]}", Strict)]
    public async Task A_node_warns_once_of_what_is_open(string settings, string told)
    {
        _folder.Write("config.json", $$"""{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}], "signaling": { {{settings}} } }""");
        await using var gateway = GatewayProcess.Start(_folder.Path, []);

        var lines = await gateway.ReadUntilAsync("listening on ");

        string[] all = [Strict, AddressesUnknown, OriginsOpen];
        Assert.Equal(told, string.Join('|', all.SelectMany(text => lines.Where(line => line.Contains(text, StringComparison.Ordinal)).Select(_ => text))));
    }
}
