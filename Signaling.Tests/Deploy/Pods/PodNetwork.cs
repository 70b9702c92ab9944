using System.Globalization;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>The place of one pod in the network: its namespace and its IP.</summary>
internal sealed record PodLink(string Namespace, string Device, string Ip);

/// <summary>
/// The network of pods: a bridge, on which this machine is the node that they run on, and for each pod a network namespace
/// with an IP that no pod has had before. Needs root; all of it is gone with this object.
/// </summary>
internal sealed class PodNetwork : IDisposable
{
    /// <summary>The chain of iptables for what comes into a pod.</summary>
    public const string PolicyIn = "policy-in";

    /// <summary>The chain for what goes out of it.</summary>
    public const string PolicyOut = "policy-out";

    private const int FirstPod = 128;

    // The last rule decides nothing: it has connections tracked from the first on.
    private const string Chains = $"""
        *filter
        :cut-in - [0:0]
        :cut-out - [0:0]
        :{PolicyIn} - [0:0]
        :{PolicyOut} - [0:0]
        -A INPUT -i eth0 -j cut-in
        -A INPUT -i eth0 -j {PolicyIn}
        -A OUTPUT -o eth0 -j cut-out
        -A OUTPUT -o eth0 -j {PolicyOut}
        -A {PolicyIn} -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
        COMMIT

        """;

    private static int _networks;

    private readonly string _name;
    private readonly string _subnet;
    private readonly Lock _lock = new();
    private readonly List<PodLink> _links = [];
    private int _next;

    public PodNetwork()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Pods need network namespaces and mounts, and those need root on Linux: run the tests as root.");
        var number = (Environment.ProcessId * 8) + (Interlocked.Increment(ref _networks) % 8);
        _name = string.Create(CultureInfo.InvariantCulture, $"pod{number % 1_000_000}");
        _subnet = string.Create(CultureInfo.InvariantCulture, $"10.{100 + (number / 250 % 90)}.{number % 250}");
        IpCommand.TryRun("link", "del", Bridge); // what a process with the same id may have left
        IpCommand.Run("link", "add", Bridge, "type", "bridge");
        try
        {
            IpCommand.Run("addr", "add", $"{Node}/24", "dev", Bridge);
            IpCommand.Run("addr", "add", $"{ServiceIp}/24", "dev", Bridge);
            IpCommand.Run("link", "set", Bridge, "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The address of the node: of its DNS server, and where its probes come from.</summary>
    public string Node => $"{_subnet}.1";

    /// <summary>The address of the public service.</summary>
    public string ServiceIp => $"{_subnet}.2";

    private string Bridge => $"{_name}b";

    // All pods, and nothing else.
    private string Pods => string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{FirstPod}/25");

    public PodLink Add()
    {
        lock (_lock)
        {
            if (FirstPod + _next > 254)
                throw new InvalidOperationException("The network of pods has no more addresses.");
            var link = new PodLink(
                string.Create(CultureInfo.InvariantCulture, $"{_name}n{_next}"),
                string.Create(CultureInfo.InvariantCulture, $"{_name}v{_next}"),
                string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{FirstPod + _next}"));
            _next++;
            IpCommand.TryRun("netns", "del", link.Namespace);
            IpCommand.Run("netns", "add", link.Namespace);
            _links.Add(link);
            IpCommand.Run("link", "add", link.Device, "type", "veth", "peer", "name", "eth0", "netns", link.Namespace);
            IpCommand.Run("link", "set", link.Device, "master", Bridge, "up");
            IpCommand.Run("-n", link.Namespace, "addr", "add", $"{link.Ip}/24", "dev", "eth0");
            IpCommand.Run("-n", link.Namespace, "link", "set", "eth0", "up");
            IpCommand.Run("-n", link.Namespace, "link", "set", "lo", "up");
            Restore(link, Chains);
            return link;
        }
    }

    public void Remove(PodLink link)
    {
        lock (_lock)
        {
            IpCommand.TryRun("link", "del", link.Device);
            IpCommand.TryRun("netns", "del", link.Namespace);
            _links.Remove(link);
        }
    }

    /// <summary>Cuts a pod off from all other pods, but not from its node.</summary>
    public void Cut(PodLink link) =>
        Restore(link, $"*filter\n:cut-in - [0:0]\n:cut-out - [0:0]\n-A cut-in -s {Pods} -j DROP\n-A cut-out -d {Pods} -j DROP\nCOMMIT\n");

    public void Heal(PodLink link) => Restore(link, "*filter\n:cut-in - [0:0]\n:cut-out - [0:0]\nCOMMIT\n");

    /// <summary>Loads rules of iptables into a pod's network, all at once, in the place of those that its chains had.</summary>
    public void Restore(PodLink link, string rules)
    {
        lock (_lock)
        {
            if (_links.Contains(link))
                Tool.RunWith(rules, "ip", "netns", "exec", link.Namespace, "iptables-restore", "--noflush", "--wait");
        }
    }

    public void Dispose()
    {
        foreach (var link in _links.ToArray())
            Remove(link);
        IpCommand.TryRun("link", "del", Bridge);
    }
}
