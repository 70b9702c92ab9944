using System.Globalization;

namespace Signaling.Tests.Deploy.Image;

/// <summary>A network of a container's own, so that the image's ports are free in it, with one link to this machine.</summary>
internal sealed class ContainerNetwork : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static int _made;

    private readonly string _name;
    private readonly string _subnet;

    private ContainerNetwork(int number)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"img{Environment.ProcessId % 10_000}-{number}");
        _subnet = string.Create(CultureInfo.InvariantCulture, $"10.{100 + number}.{Environment.ProcessId % 250}");
    }

    /// <summary>Where the container is reached.</summary>
    public string Host => $"{_subnet}.2";

    /// <summary>What starts a program in it.</summary>
    public string[] Before => ["/sbin/ip", "netns", "exec", _name];

    private string Link => $"{_name}v";

    public static async Task<ContainerNetwork> MakeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("A container needs namespaces, and those need root on Linux: run the tests as root.");

        var network = new ContainerNetwork(Interlocked.Increment(ref _made) % 100);
        await network.DisposeAsync(); // what a process with the same id may have left
        await IpAsync("netns", "add", network._name);
        await IpAsync("link", "add", network.Link, "type", "veth", "peer", "name", "eth0", "netns", network._name);
        await IpAsync("addr", "add", $"{network._subnet}.1/24", "dev", network.Link);
        await IpAsync("link", "set", network.Link, "up");
        await IpAsync("-n", network._name, "addr", "add", $"{network.Host}/24", "dev", "eth0");
        await IpAsync("-n", network._name, "link", "set", "eth0", "up");
        await IpAsync("-n", network._name, "link", "set", "lo", "up");
        return network;
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.TryAsync(Patience, "/sbin/ip", "link", "del", Link);
        await Tool.TryAsync(Patience, "/sbin/ip", "netns", "del", _name);
    }

    private static Task IpAsync(params string[] arguments) => Tool.RunAsync(Patience, "/sbin/ip", arguments);
}
