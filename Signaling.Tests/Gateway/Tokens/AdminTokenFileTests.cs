using System.Net;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

public sealed class AdminTokenFileTests : IDisposable
{
    private const string Variable = "SIGNALING__TOKENS__ADMINTOKENFILE";
    private const string Body = """{"userToken": "abc", "timeout": 60}""";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_token_in_the_file_registers_others_and_is_never_shown()
    {
        var path = _folder.Write("admin-token", "\n  secret päss: word \r\n\n");
        await using var node = await NodeProcess.StartAsync(seed: null, settings: "", (Variable, path));

        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(node.Http, Body, "secret päss: word")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(node.Http, Body, "secret")).Status);
        await node.SignalAsync("TERM");
        var (_, output, error) = await node.WaitForExitAsync();

        Assert.Contains(node.StartLog, line => line.EndsWith("an admin token is set: only peers with a registered user token are let in", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", string.Join('\n', node.StartLog) + output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_embeds_the_service_may_name_one_too()
    {
        var path = _folder.Write("admin-token", TokenApi.AdminToken);
        await using var node = await TestNode.StartAsync(options => options.Tokens.AdminTokenFile = path);

        Assert.Equal(HttpStatusCode.OK, await TokenApi.RegisterAsync(node.Http, "abc"));
    }

    [Fact]
    public void Its_path_counts_from_the_configuration_file_or_from_the_callers_folder()
    {
        Write("conf/config.json", "\"signaling\": {\"tokens\": {\"adminTokenFile\": \"token\"} }");
        _folder.Write("conf/token", "abc");
        Assert.Equal(Path.Combine(_folder.Path, "conf", "token"), Load("conf/config.json").Settings.Tokens.AdminTokenFile);

        _environment[Variable] = "token";
        _folder.Write("token", "def");
        Assert.Equal(Path.Combine(_folder.Path, "token"), Load("conf/config.json").Settings.Tokens.AdminTokenFile);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_sentence() =>
        AssertRefused("which does not exist; correct the path or put the file there.");

    [Theory]
    [InlineData("", "which is empty; write the admin token into it.")]
    [InlineData(" \n", "which is empty; write the admin token into it.")]
    [InlineData("a\nb\n", "which holds more than one line; write the admin token into it, and nothing else.")]
    public void A_file_without_one_token_is_one_sentence(string text, string sentence)
    {
        _folder.Write("token", text);

        AssertRefused(sentence);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_one_sentence()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "token"));

        AssertRefused("which can't be read; give the user that runs this program the right to.");
    }

    [Fact]
    public void Two_admin_tokens_are_one_too_many()
    {
        _folder.Write("token", "secret");
        Write("config.json", "\"adminToken\": \"secret\"");
        _environment[Variable] = "token";

        Assert.Equal(
            $"the environment variable {Variable}: signaling.tokens.adminTokenFile is {Path.Combine(_folder.Path, "token")}, and adminToken " +
            "is set too; remove one of the two.",
            Assert.Throws<StartupException>(() => Load("config.json")).Message);
    }

    private void AssertRefused(string sentence)
    {
        var config = Write("config.json", "\"signaling\": {\"tokens\": {\"adminTokenFile\": \"token\"} }");

        Assert.Equal(
            $"{config}: signaling.tokens.adminTokenFile is {Path.Combine(_folder.Path, "token")}, {sentence}",
            Assert.Throws<StartupException>(() => Load("config.json")).Message);
    }

    private string Write(string name, string settings) =>
        _folder.Write(name, $$"""{"httpConfig": {"port": 80}, "apps": [{"path": "/"}], {{settings}} }""");

    private GatewayConfiguration Load(string file) =>
        new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System).Load(new StartArguments { ConfigFile = file }, []);
}
