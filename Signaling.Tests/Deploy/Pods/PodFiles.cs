namespace Signaling.Tests.Deploy.Pods;

/// <summary>The files that kubelet writes for every pod.</summary>
internal static class PodFiles
{
    /// <summary>Writes them: the pod's own name, and who knows all others.</summary>
    public static IEnumerable<BoundMount> Write(string folder, Pod pod, ClusterDns dns)
    {
        Directory.CreateDirectory(folder);
        var spec = pod.Definition.Spec;
        var ns = pod.Definition.Metadata.NamespaceProperty;
        var domain = spec.Subdomain is null ? "" : $"{spec.Hostname}.{spec.Subdomain}.{ns}.svc.{ClusterDns.ClusterDomain}\t";
        var aliases = (spec.HostAliases ?? []).Select(alias => $"{alias.Ip}\t{string.Join('\t', alias.Hostnames)}\n");
        yield return Mount("hosts", $"127.0.0.1\tlocalhost\n::1\tlocalhost\n{pod.Link.Ip}\t{domain}{pod.Name}\n{string.Concat(aliases)}");
        yield return Mount("hostname", pod.Name + '\n');
        yield return Mount("resolv.conf", dns.ResolverOf(ns, spec.DnsConfig));

        BoundMount Mount(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return new BoundMount(path, $"/etc/{name}", IsReadOnly: false);
        }
    }
}
