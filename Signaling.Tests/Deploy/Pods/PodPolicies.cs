using System.Globalization;
using System.Text;
using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// Plays the part of the network that keeps NetworkPolicies: rules of iptables in the network of each pod. The node itself is
/// let in everywhere, as Kubernetes wants it for its probes; and so are the tests, which come from there.
/// </summary>
internal sealed class PodPolicies(PodNetwork network, PodObjects objects)
{
    private const string Anywhere = "0.0.0.0/0";

    private readonly Lock _lock = new();

    /// <summary>Has the policies hold for pods as they are now.</summary>
    public void Enforce(IReadOnlyCollection<Pod> pods)
    {
        lock (_lock)
        {
            foreach (var pod in pods.Where(pod => !pod.Gone.IsCompleted))
                Enforce(pod, pods);
        }
    }

    private void Enforce(Pod pod, IReadOnlyCollection<Pod> pods)
    {
        V1NetworkPolicySpec[] own = [.. objects.Policies.Select(policy => policy.Spec).Where(policy => policy.PodSelector.Selects(pod))];
        var rules = new StringBuilder($"*filter\n:{PodNetwork.PolicyIn} - [0:0]\n:{PodNetwork.PolicyOut} - [0:0]\n");
        Append(PodNetwork.PolicyIn, "-s", "Ingress", own.SelectMany(policy => policy.Ingress ?? []).Select(rule => new Rule(rule.FromProperty, rule.Ports)));
        Append(PodNetwork.PolicyOut, "-d", "Egress", own.SelectMany(policy => policy.Egress ?? []).Select(rule => new Rule(rule.To, rule.Ports)));
        rules.Append("COMMIT\n");
        network.Restore(pod.Link, rules.ToString());

        void Append(string chain, string side, string type, IEnumerable<Rule> allowed)
        {
            if (!own.Any(policy => policy.PolicyTypes.Contains(type, StringComparer.Ordinal)))
                return;
            rules.Append(CultureInfo.InvariantCulture, $"-A {chain} -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN\n");
            if (type is "Ingress")
                rules.Append(CultureInfo.InvariantCulture, $"-A {chain} {side} {network.Node} -j RETURN\n");
            foreach (var (peers, ports) in allowed)
            {
                foreach (var address in AddressesOf(peers, pods))
                {
                    foreach (var port in PortsOf(ports, pod.Container))
                        rules.Append(CultureInfo.InvariantCulture, $"-A {chain} {side} {address} {port}-j RETURN\n");
                }
            }

            rules.Append(CultureInfo.InvariantCulture, $"-A {chain} -j DROP\n");
        }
    }

    private static IEnumerable<string> AddressesOf(IList<V1NetworkPolicyPeer>? peers, IReadOnlyCollection<Pod> pods) =>
        peers is null or []
            ? [Anywhere]
            : peers.SelectMany(peer => peer switch
            {
                { PodSelector: { } selector, NamespaceSelector: null } => pods.Where(selector.Selects).Select(one => one.Link.Ip),
                { IpBlock.Except: null or [] } => [peer.IpBlock.Cidr],
                _ => throw new NotSupportedException("These tests play policies for pods of one namespace, and for nets."),
            }).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> PortsOf(IList<V1NetworkPolicyPort>? ports, V1Container container) =>
        ports is null or []
            ? [""]
            : ports.Select(port => string.Create(
                CultureInfo.InvariantCulture, $"-p {(port.Protocol ?? "TCP").ToLowerInvariant()} --dport {container.NumberOf(port.Port)} "));

    private sealed record Rule(IList<V1NetworkPolicyPeer>? Peers, IList<V1NetworkPolicyPort>? Ports);
}
