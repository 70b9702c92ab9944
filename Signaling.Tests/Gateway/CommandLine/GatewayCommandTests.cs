using Signaling.Gateway.CommandLine;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.CommandLine;

public sealed class GatewayCommandTests
{
    private readonly StringWriter _error = new();
    private StartArguments? _served;
    private StartArguments? _checked;

    [Fact]
    public async Task Without_arguments_it_serves_and_exits_with_what_came_of_it()
    {
        Assert.Equal(3, await InvokeAsync());
        Assert.Equal(new StartArguments(), _served);
    }

    [Fact]
    public async Task Each_option_is_handed_on()
    {
        Assert.Equal(3, await InvokeAsync(
            "--config", "c.json", "--profile", "static", "--cluster-host", "h", "--cluster-port", "1", "--cluster-seeds", "a:1,b:2"));

        Assert.Equal(
            new StartArguments
            {
                ConfigFile = "c.json",
                Profile = "static",
                ClusterHost = "h",
                ClusterPort = "1",
                ClusterSeeds = "a:1,b:2",
            },
            _served);
    }

    [Fact]
    public async Task Check_config_checks_and_does_not_serve()
    {
        Assert.Equal(0, await InvokeAsync("check-config", "c.json"));
        Assert.Equal("c.json", _checked?.ConfigFile);
        Assert.Null(_served);
    }

    [Theory]
    [InlineData("error: Unrecognized command or argument 'serve'. See --help.", "serve")]
    [InlineData("error: Required argument missing for option: '--config'. See --help.", "--config")]
    [InlineData("error: Required argument 'FILE' missing for command: 'check-config'. See --help.", "check-config")]
    public async Task Misuse_exits_with_2(string message, params string[] args)
    {
        Assert.Equal(2, await InvokeAsync(args));
        Assert.Equal(message, _error.ToString().Trim());
        Assert.Null(_served);
    }

    [Fact]
    public async Task What_keeps_it_from_starting_is_one_sentence()
    {
        var command = new GatewayCommand(
            _ => throw new StartupException("x is 1; allowed is 2.") { ExitCode = 7 }, arguments => _checked = arguments);

        Assert.Equal(7, await command.InvokeAsync([], TextWriter.Null, _error));
        Assert.Equal("error: x is 1; allowed is 2.", _error.ToString().Trim());
    }

    private Task<int> InvokeAsync(params string[] args)
    {
        var command = new GatewayCommand(
            arguments =>
            {
                _served = arguments;
                return Task.FromResult(3);
            },
            arguments => _checked = arguments);
        return command.InvokeAsync(args, TextWriter.Null, _error);
    }
}
