using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Values that can't work are refused before anything is installed, with a sentence that helps.</summary>
public sealed class RefusalTests
{
    [Theory]
    // The schema.
    [InlineData("replica=3", "additional properties 'replica' not allowed")]
    [InlineData("config.maxpayload=3", "/config", "'maxpayload' not allowed")]
    [InlineData("cluster.tls.certmanager.enabled=true", "/cluster/tls", "'certmanager' not allowed")]
    [InlineData("replicas=three", "/replicas", "got string, want integer")]
    [InlineData("replicas=0", "/replicas", "want 1")]
    [InlineData("tls.enabled=yes", "/tls/enabled", "got string, want boolean")]
    [InlineData("config.apps[0].path=callapp", "/config/apps/0/path", "'^/'")]
    [InlineData("config.apps[0].name=CallApp", "/config/apps/0", "'path'")]
    [InlineData("config.signaling.sockets.pingInterval=30s", "/config/signaling/sockets/pingInterval", "does not match pattern")]
    [InlineData("service.type=Loadbalancer", "/service/type", "'ClusterIP', 'LoadBalancer', 'NodePort'")]
    [InlineData("image.repository=r/signaling:1", "/image/repository", "does not match pattern")]
    [InlineData("image.tag=2", "/image/tag", "got number, want string")]
    [InlineData("image.digest=v2", "/image/digest", "sha256")]
    [InlineData("networkPolicy.egress.dnsPorts[0]=0", "/networkPolicy/egress/dnsPorts/0", "want 1")]
    [InlineData("podDisruptionBudget.maxUnavailable=0", "/podDisruptionBudget/maxUnavailable", "want 1")]
    // What belongs elsewhere.
    [InlineData("config.adminToken=x", "/config/adminToken", "kept in a Secret: name it in adminToken.existingSecret")]
    [InlineData("config.signaling.tokens.adminTokenFile=x", "adminTokenFile", "name a Secret in adminToken.existingSecret")]
    [InlineData("config.httpConfig.port=1", "/config/httpConfig", "set http.enabled and service.ports")]
    [InlineData("config.httpsConfig.port=1", "/config/httpsConfig", "set tls.enabled and service.ports")]
    [InlineData("config.signaling.node.port=1", "/config/signaling/node", "set replicas, autoscaling and cluster")]
    [InlineData("config.signaling.drain.time=1", "/config/signaling/drain", "drain.timeSeconds", "grace period")]
    [InlineData("config.signaling.sockets.closeTimeout=1", "closeTimeout", "drain.closeTimeoutSeconds", "grace period")]
    [InlineData("config.signaling.internal.port=1", "/config/signaling/internal", "left to the chart")]
    [InlineData("config.signaling.proxies.trusted=1", "/config/signaling/proxies", "set as trustedProxies or direct")]
    [InlineData("config.signaling.strict=false", "/config/signaling/strict", "set as strict")]
    [InlineData("config.signaling.limits.sockets=1", "/config/signaling/limits", "set as limits")]
    [InlineData("config.signaling.origins[0]=a", "/config/signaling/origins", "set as origins")]
    [InlineData("config.signaling.ice.ttl=1", "/config/signaling/ice", "set as ice and coturn")]
    [InlineData("config.signaling.node.clusterName=a", "/config/signaling/node", "cluster")]
    [InlineData("cluster.name=a_b", "/cluster/name", "does not match pattern")]
    [InlineData("ice.turnUrls[0]=turn.example.com", "/ice/turnUrls/0", "does not match pattern")]
    [InlineData("ice.ttl=1h", "/ice/ttl", "does not match pattern")]
    [InlineData("coturn.service.type=NodePort", "/coturn/service/type", "'LoadBalancer', 'ClusterIP'")]
    [InlineData("limits.socket=1", "/limits", "'socket' not allowed")]
    [InlineData("limits.handshakeTime=10s", "/limits/handshakeTime", "does not match pattern")]
    [InlineData("origins[0]=example.com", "/origins/0", "does not match pattern")]
    // Rules between values.
    [InlineData("image.repository=", "image.repository is empty", "docker build -f deploy/docker/Dockerfile -t REGISTRY/signaling:TAG .", "docker push REGISTRY/signaling:TAG")]
    [InlineData("autoscaling.enabled=true,autoscaling.minReplicas=4,autoscaling.maxReplicas=6", "autoscaling.maxReplicas is 6, of which 4 are a majority", "at most 5", "at least 5")]
    [InlineData("autoscaling.enabled=true,autoscaling.minReplicas=3,autoscaling.maxReplicas=30", "autoscaling.maxReplicas is 30", "at most 3", "at least 17")]
    [InlineData("autoscaling.enabled=true,autoscaling.minReplicas=5,autoscaling.maxReplicas=4", "less than autoscaling.minReplicas, which is 5")]
    [InlineData("replicas=3,cluster.size=5", "cluster.size is 5, of which 3 are a majority; with replicas 3 a node that restarts leaves 2", "replicas to at least 4")]
    [InlineData("replicas=5,cluster.size=3", "cluster.size is 3, less than the 5 nodes", "two clusters", "at least 5")]
    [InlineData("autoscaling.enabled=true,autoscaling.provider=keda", "autoscaling.keda.serverAddress is empty", "http://")]
    [InlineData("http.enabled=false", "http.enabled and tls.enabled are both false")]
    [InlineData("tls.enabled=true", "tls.existingSecret", "tls.certManager.enabled")]
    [InlineData("tls.enabled=true,tls.existingSecret=a,tls.certManager.enabled=true", "both set; take one")]
    [InlineData("tls.enabled=true,tls.certManager.enabled=true", "tls.certManager.issuerRef.name is empty", "ClusterIssuer")]
    [InlineData("tls.enabled=true,tls.certManager.enabled=true,tls.certManager.issuerRef.name=a", "tls.certManager.dnsNames is empty")]
    [InlineData("cluster.tls.enabled=true", "cluster.tls.existingSecret", "cluster.tls.certManager.enabled")]
    [InlineData("cluster.tls.enabled=true,cluster.tls.existingSecret=a,cluster.tls.certManager.enabled=true", "both set; take one")]
    [InlineData("httpRoute.enabled=true", "httpRoute.parentRefs is empty")]
    [InlineData("httpRoute.enabled=true,httpRoute.parentRefs[0].name=a,http.enabled=false,tls.enabled=true,tls.existingSecret=a", "httpRoute.enabled sends plain HTTP")]
    [InlineData("ingress.enabled=true", "ingress.hosts is empty")]
    [InlineData("direct=true,ingress.enabled=true", "ingress.enabled or httpRoute.enabled puts proxies there", "trustedProxies")]
    [InlineData("ingress.enabled=true,http.enabled=false,tls.enabled=true,tls.existingSecret=a", "ingress.enabled sends plain HTTP")]
    [InlineData("coturn.enabled=true", "coturn.host is empty", "such as turn.example.com")]
    [InlineData("coturn.enabled=true,coturn.host=a,coturn.minPort=50000,coturn.maxPort=40000", "coturn.maxPort is 40000, less than coturn.minPort, which is 50000")]
    [InlineData("coturn.enabled=true,coturn.host=a,coturn.hostNetwork=false", "are 16384 ports", "coturn.hostNetwork", "at most 200")]
    [InlineData("ice.turnUrls[0]=turn:a", "ice.turnUrls needs the secret", "ice.existingSecret")]
    [InlineData("metrics.serviceMonitor.enabled=true,metrics.podMonitor.enabled=true", "counted twice")]
    public async Task What_can_not_work_is_refused_with_a_sentence_that_helps(string values, params string[] fragments)
    {
        var run = await Helm.TemplateAsync("--set", "image.repository=registry.example.com/signaling", "--set", values);

        Assert.NotEqual(0, run.ExitCode);
        Assert.All(fragments, fragment => Assert.Contains(fragment, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Not_even_the_sentence_itself_is_taken_for_a_token()
    {
        var run = await Helm.TemplateAsync(
            "--set", "image.repository=registry.example.com/signaling", "--set", "config.adminToken=kept in a Secret: name it in adminToken.existingSecret");

        Assert.NotEqual(0, run.ExitCode);
    }
}
