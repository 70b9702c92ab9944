using System.Globalization;
using Signaling.Tests.House;
using Xunit;
using static Signaling.Tests.Deploy.Compose.ComposeFile;

namespace Signaling.Tests.Deploy.Compose;

/// <summary>What <c>turn.yaml</c> adds to the compose file.</summary>
public sealed class TurnComposeTests
{
    [Fact]
    public void Nothing_of_it_is_there_unless_it_is_asked_for()
    {
        var compose = new ComposeFile();

        Assert.DoesNotContain("coturn", compose.Services.Keys, StringComparer.Ordinal);
        Assert.All(compose.Nodes.Keys, name => Assert.False(compose.ConfigurationOf(name).Settings.Ice.IsSet));
    }

    [Fact]
    public void The_host_has_to_be_said()
    {
        var error = Assert.Throws<InvalidOperationException>(() => WithTurn());

        Assert.Contains("set it in .env to the name that peers reach this machine by", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coturn_has_the_machines_network_and_no_more_rights_than_it_needs()
    {
        var coturn = WithTurn(("TURN_HOST", "turn.example.com"), ("TURN_ARGUMENTS", "--external-ip=198.51.100.7/10.0.0.7 --verbose")).Services["coturn"];

        Assert.Equal("host", TextOf(coturn["network_mode"]));
        Assert.Equal("65534:1654", TextOf(coturn["user"]));
        Assert.Equal("true", TextOf(coturn["read_only"]));
        Assert.Equal(["ALL"], ListOf(coturn["cap_drop"]), StringComparer.Ordinal);
        Assert.Equal(["NET_BIND_SERVICE"], ListOf(coturn["cap_add"]), StringComparer.Ordinal);
        Assert.Equal(["no-new-privileges:true"], ListOf(coturn["security_opt"]), StringComparer.Ordinal);
        Assert.All(ListOf(coturn["volumes"]), volume => Assert.EndsWith(":ro", volume, StringComparison.Ordinal));
        Assert.Equal("--external-ip=198.51.100.7/10.0.0.7 --verbose", TextOf(coturn["command"]));
    }

    [Fact]
    public void A_container_keeps_peers_from_the_same_networks_as_a_machine_does()
    {
        Assert.NotEmpty(Denied("deploy/coturn/turnserver.conf"));
        Assert.Equal(Denied("deploy/coturn/turnserver.conf"), Denied("deploy/helm/signaling/coturn/turnserver.conf"), StringComparer.Ordinal);
    }

    private static string[] Denied(string file) =>
        [.. SourceFile.Read(file).Split('\n').Where(line => line.StartsWith("denied-peer-ip=", ignoreCase: false, CultureInfo.InvariantCulture))];
}
