using System.Text.Json;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What cert-manager is asked for.</summary>
public sealed class CertificateTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    private const string Nodes = "*.talk-signaling-nodes.calls.svc.cluster.local";

    [Fact]
    public async Task Nodes_have_a_certificate_for_their_names_as_server_and_as_client()
    {
        var render = await renders.OfAsync("three-tls");
        var certificate = CertificateOf(render, "talk-signaling-cluster-tls");

        Assert.Equal([Nodes], certificate.DnsNames);
        Assert.Equal(["digital signature", "server auth", "client auth"], certificate.Usages);
        Assert.Equal(certificate.SecretName, render.Pod.Spec.Volumes.Single(volume => volume.Name is "cluster-tls").Secret.SecretName);
        Assert.Equal([Nodes], NamesOf(render), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_nodes_own_ca_issues_nothing_else()
    {
        var render = await renders.OfAsync("three-tls");
        var authority = CertificateOf(render, "talk-signaling-cluster-ca");
        var issuers = render.All<Issuer>().ToDictionary(issuer => issuer.Metadata.Name, issuer => issuer.Spec, StringComparer.Ordinal);

        Assert.True(authority.IsCA);
        Assert.Equal("Never", authority.PrivateKey.RotationPolicy); // the renewed one is believed by who knows the old one
        Assert.NotNull(issuers[authority.IssuerRef.Name].SelfSigned);
        var issuer = Assert.Single(issuers, one => one.Value.Ca is not null);
        Assert.Equal(authority.SecretName, issuer.Value.Ca!.SecretName);
        Assert.Equal(
            "talk-signaling-cluster-tls",
            Assert.Single(render.All<Certificate>(), one => string.Equals(one.Spec.IssuerRef.Name, issuer.Key, StringComparison.Ordinal)).Metadata.Name);
    }

    [Fact]
    public async Task An_issuer_of_your_own_takes_the_place_of_that_ca()
    {
        var render = await Render.WithAsync("cluster.tls.enabled=true", "cluster.tls.certManager.enabled=true", "cluster.tls.certManager.issuerRef.name=ours");

        Assert.Equal("ours", Assert.Single(render.All<Certificate>()).Spec.IssuerRef.Name);
        Assert.Empty(render.All<Issuer>());
    }

    [Fact]
    public async Task Peers_see_a_certificate_for_the_names_that_they_use()
    {
        var render = await renders.OfAsync("three-tls");
        var certificate = CertificateOf(render, "talk-signaling-tls");

        Assert.Equal(["signal.example.com", Nodes], certificate.DnsNames);
        Assert.Equal(["digital signature", "server auth"], certificate.Usages);
        Assert.Equal(certificate.SecretName, render.Pod.Spec.Volumes.Single(volume => volume.Name is "tls").Secret.SecretName);
    }

    [Fact]
    public async Task Several_cas_are_trusted_while_one_takes_the_place_of_another()
    {
        var render = await renders.OfAsync("everything");

        var file = TlsOf(render).GetProperty("caFile").GetString();
        var mount = render.Container.VolumeMounts.Single(one => file!.StartsWith(one.MountPath + "/", StringComparison.Ordinal));
        Assert.Equal("talk-node-cas", render.Pod.Spec.Volumes.Single(volume => string.Equals(volume.Name, mount.Name, StringComparison.Ordinal)).ConfigMap.Name);
        Assert.Empty(render.All<Certificate>());
    }

    [Fact]
    public async Task Secrets_of_your_own_are_mounted_where_the_program_reads_them()
    {
        var render = await renders.OfAsync("everything");

        Assert.Equal("talk-nodes", render.Pod.Spec.Volumes.Single(volume => volume.Name is "cluster-tls").Secret.SecretName);
        Assert.Equal("talk-public", render.Pod.Spec.Volumes.Single(volume => volume.Name is "tls").Secret.SecretName);
    }

    private static CertificateSpec CertificateOf(Render render, string name) => render.Named<Certificate>(name).Spec;

    private static JsonElement TlsOf(Render render) =>
        StrictYaml.ToJson(render.Config).GetProperty("signaling").GetProperty("node").GetProperty("tls");

    private static IEnumerable<string?> NamesOf(Render render) => TlsOf(render).GetProperty("names").EnumerateArray().Select(name => name.GetString());
}
