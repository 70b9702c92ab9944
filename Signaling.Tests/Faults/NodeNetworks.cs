using System.Globalization;

namespace Signaling.Tests.Faults;

/// <summary>
/// A network of its own for each node, so that one can be cut off from the others and still be reached by its peers: a
/// namespace with one link into a bridge. Needs root; all of it is gone with this object.
/// </summary>
internal sealed class NodeNetworks : IDisposable
{
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"sig{Environment.ProcessId % 100_000}");
    private readonly string _subnet = string.Create(
        CultureInfo.InvariantCulture, $"10.{200 + (Environment.ProcessId % 50)}.{Environment.ProcessId / 50 % 250}");

    private readonly int _nodes;

    public NodeNetworks(int nodes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Cutting nodes off from each other needs network namespaces, and those need root on Linux: run the tests as root.");
        _nodes = nodes;
        try
        {
            Remove(); // what a process with the same id may have left
            IpCommand.Run("link", "add", Bridge, "type", "bridge");
            IpCommand.Run("addr", "add", $"{_subnet}.1/24", "dev", Bridge);
            IpCommand.Run("link", "set", Bridge, "up");
            for (var i = 0; i < nodes; i++)
                Add(i);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    private string Bridge => $"{_name}b";

    public string HostOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{10 + node}");

    /// <summary>What starts a program in a node's network.</summary>
    public string[] Before(int node) => ["ip", "netns", "exec", NetworkOf(node)];

    /// <summary>Cuts a node off from all others.</summary>
    public void Cut(int node)
    {
        for (var other = 0; other < _nodes; other++)
        {
            if (other == node)
                continue;
            IpCommand.Run("netns", "exec", NetworkOf(node), "iptables", "-w", "-A", "INPUT", "-s", HostOf(other), "-j", "DROP");
            IpCommand.Run("netns", "exec", NetworkOf(node), "iptables", "-w", "-A", "OUTPUT", "-d", HostOf(other), "-j", "DROP");
        }
    }

    /// <summary>Ends all cuts of a node.</summary>
    public void Heal(int node) => IpCommand.Run("netns", "exec", NetworkOf(node), "iptables", "-w", "-F");

    public void Dispose() => Remove();

    private string NetworkOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_name}n{node}");

    private string LinkOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_name}v{node}");

    private void Add(int node)
    {
        var network = NetworkOf(node);
        IpCommand.Run("netns", "add", network);
        IpCommand.Run("link", "add", LinkOf(node), "type", "veth", "peer", "name", "eth0", "netns", network);
        IpCommand.Run("link", "set", LinkOf(node), "master", Bridge, "up");
        IpCommand.Run("-n", network, "addr", "add", $"{HostOf(node)}/24", "dev", "eth0");
        IpCommand.Run("-n", network, "link", "set", "eth0", "up");
        IpCommand.Run("-n", network, "link", "set", "lo", "up");
    }

    private void Remove()
    {
        for (var i = 0; i < _nodes; i++)
        {
            IpCommand.TryRun("link", "del", LinkOf(i));
            IpCommand.TryRun("netns", "del", NetworkOf(i));
        }

        IpCommand.TryRun("link", "del", Bridge);
    }
}
