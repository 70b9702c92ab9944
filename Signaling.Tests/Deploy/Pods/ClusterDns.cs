using System.Diagnostics;
using k8s.Models;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// The DNS server of the cluster: a real dnsmasq, which pods ask by the resolver they would use in Kubernetes, and which
/// knows services and the pods of headless ones.
/// </summary>
internal sealed class ClusterDns : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;
    private readonly string _hosts;
    private readonly string _address;

    public ClusterDns(string address)
    {
        _address = address;
        _hosts = _folder.Write("hosts", "");
        var start = new ProcessStartInfo(
            "dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=root", "--log-facility=-", "--no-resolv",
                "--no-hosts", $"--addn-hosts={_hosts}", $"--local=/{ClusterDomain}/", "--local-ttl=5", "--bind-interfaces",
                $"--listen-address={address}", "--no-dhcp-interface=*",
            ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("These tests need dnsmasq: apt-get install dnsmasq-base on Debian.", e);
        }

        _process.ErrorDataReceived += (_, line) => Log += line.Data + '\n';
        _process.BeginErrorReadLine();
    }

    public const string ClusterDomain = "cluster.local";

    /// <summary>What it has said.</summary>
    public string Log { get; private set; } = "";

    /// <summary>What kubelet writes into a pod's <c>/etc/resolv.conf</c>.</summary>
    public string ResolverOf(string ns, V1PodDNSConfig? config)
    {
        var options = (config?.Options ?? []).ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal);
        options.TryAdd("ndots", "5");
        return $"""
            nameserver {_address}
            search {ns}.svc.{ClusterDomain} svc.{ClusterDomain} {ClusterDomain}
            options {string.Join(' ', options.Select(option => option.Value is null ? option.Key : $"{option.Key}:{option.Value}"))}

            """;
    }

    /// <summary>Sets all names that there are.</summary>
    public void Set(IEnumerable<(string Name, string Ip)> names)
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"dnsmasq has ended: {Log}");
        File.WriteAllLines(_hosts, names.Select(name => $"{name.Ip} {name.Name}"));
        Signals.Send(_process.Id, Signal.HangUp);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
