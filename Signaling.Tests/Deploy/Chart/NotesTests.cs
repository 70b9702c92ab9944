using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What is printed after an installation.</summary>
public sealed class NotesTests
{
    [Theory]
    [InlineData("", "ws://talk-signaling.calls.svc/callapp", "kubectl port-forward service/talk-signaling 8080:80 --namespace calls", "ws://localhost:8080/callapp", "ws://localhost:8080/conferenceapp")]
    [InlineData("tls.enabled=true,tls.existingSecret=a", "wss://talk-signaling.calls.svc/callapp", "8080:443", "wss://localhost:8080/callapp")]
    [InlineData("service.ports.http=81", "ws://talk-signaling.calls.svc:81/callapp")]
    [InlineData("service.type=LoadBalancer", "HOST=$(kubectl get service talk-signaling --namespace calls ", "ws://$HOST/callapp")]
    [InlineData("service.type=LoadBalancer,service.ports.http=8080", "ws://$HOST:8080/callapp")]
    [InlineData("service.type=NodePort", "PORT=$(kubectl get service talk-signaling --namespace calls ", "ws://$HOST:$PORT/callapp")]
    [InlineData("httpRoute.enabled=true,httpRoute.parentRefs[0].name=a,httpRoute.hostnames[0]=b.example.com,httpRoute.pathPrefix=/signal", "wss://b.example.com/signal/callapp")]
    [InlineData("ingress.enabled=true,ingress.hosts[0].host=b.example.com", "ws://b.example.com/callapp")]
    [InlineData("ingress.enabled=true,ingress.hosts[0].host=b.example.com,ingress.tls[0].secretName=c", "wss://b.example.com/callapp")]
    [InlineData("replicas=3", "kubectl rollout status statefulset/talk-signaling --namespace calls", "helm test talk --namespace calls", "by two nodes")]
    [InlineData("replicas=1", "One node: an upgrade")]
    [InlineData("replicas=2", "Two nodes: neither serves while the other is away")]
    [InlineData("adminToken.existingSecret=a", "peers need a user token", "test.userToken.existingSecret")]
    [InlineData("metrics.serviceMonitor.enabled=true", "networkPolicy.internalFrom")]
    [InlineData("replicas=3", "Nodes talk to each other in the clear")]
    [InlineData("replicas=3", "There are no limits for each client address", "trustedProxies", "direct")]
    [InlineData("coturn.enabled=true,coturn.host=a.example.com", "the TURN server at a.example.com, which is to lead to coturn by UDP and TCP 3478 and UDP 49152 to 65535", "/ice/")]
    [InlineData("strict=false", "web pages of any origin are let in", "strict changes that")]
    public async Task They_say_what_clients_connect_to_and_what_to_do_next(string values, params string[] lines)
    {
        var notes = await NotesAsync(values);

        Assert.All(lines, line => Assert.Contains(line, notes, StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_do_not_warn_of_what_is_in_order()
    {
        var notes = await NotesAsync("replicas=3,cluster.tls.enabled=true,cluster.tls.existingSecret=a,direct=true");

        Assert.DoesNotContain("in the clear", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("limits", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("One node", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", notes, StringComparison.Ordinal);
    }

    private static async Task<string> NotesAsync(string values)
    {
        var run = await Helm.RunAsync(
            "install", Helm.Release, ChartFolder.Path, "--namespace", Helm.Namespace, "--dry-run=client",
            "--set", "image.repository=registry.example.com/signaling", "--set", values);
        return run.Succeeded[run.Succeeded.IndexOf("\nNOTES:\n", StringComparison.Ordinal)..];
    }
}
