using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The pod of <c>helm test</c>.</summary>
public sealed class TestPodTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [InlineData("minimal", "ws://talk-signaling-0.talk-signaling-nodes.calls.svc.cluster.local:8080/callapp")]
    [InlineData(
        "ingress",
        "ws://talk-signaling-0.talk-signaling-nodes.calls.svc.cluster.local:8080/callapp",
        "ws://talk-signaling-1.talk-signaling-nodes.calls.svc.cluster.local:8080/callapp")]
    [InlineData(
        "three-tls",
        "wss://talk-signaling-0.talk-signaling-nodes.calls.svc.cluster.local:8443/callapp",
        "wss://talk-signaling-1.talk-signaling-nodes.calls.svc.cluster.local:8443/callapp")]
    public async Task Two_peers_meet_by_two_nodes_where_there_are_two(string set, params string[] urls)
    {
        var pod = (await renders.OfAsync(set)).One<V1Pod>();

        Assert.Equal("test", pod.GetAnnotation("helm.sh/hook"));
        Assert.Equal(["/app/Signaling.Gateway", "try-call", .. urls, "--timeout", "30"], pod.Spec.Containers.Single().Command);
        Assert.Equal("Never", pod.Spec.RestartPolicy);
    }

    [Fact]
    public async Task A_certificate_that_names_the_pods_is_checked_and_another_can_not_be()
    {
        var named = (await renders.OfAsync("three-tls")).One<V1Pod>().Spec;
        Assert.Equal("/etc/signaling/tls/ca.crt", named.Containers[0].Env.Single(one => one.Name is "SSL_CERT_FILE").Value);
        Assert.Equal("talk-signaling-tls", Assert.Single(named.Volumes).Secret.SecretName);

        var unnamed = (await Render.WithAsync("http.enabled=false", "tls.enabled=true", "tls.existingSecret=a")).One<V1Pod>().Spec;
        Assert.Contains("--insecure", unnamed.Containers[0].Command, StringComparer.Ordinal);
        Assert.Null(unnamed.Volumes);
    }

    [Fact]
    public async Task The_users_token_comes_from_a_secret()
    {
        var variable = (await renders.OfAsync("three-tls")).One<V1Pod>().Spec.Containers[0].Env.Single(one => one.Name is "SIGNALING_USER_TOKEN");

        Assert.Equal(("signaling-test-user", "token"), (variable.ValueFrom.SecretKeyRef.Name, variable.ValueFrom.SecretKeyRef.Key));
    }

    [Fact]
    public async Task It_can_go_the_way_that_peers_go()
    {
        var pod = (await Render.WithAsync("test.urls[0]=wss://signal.example.com/callapp", "tls.enabled=true", "tls.existingSecret=a", "http.enabled=false")).One<V1Pod>();

        Assert.Equal(["/app/Signaling.Gateway", "try-call", "wss://signal.example.com/callapp", "--timeout", "30"], pod.Spec.Containers[0].Command);
    }
}
