using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using k8s.Models;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// The service that peers come in by, at an IP of its own: a real HAProxy that does what kube-proxy does and no more. It gives
/// each connection to an endpoint taken at random, tries no other where that one refuses, and leaves open connections alone.
/// </summary>
internal sealed class PublicService : IAsyncDisposable
{
    private const int Places = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;
    private readonly string _ip;
    private readonly V1Service _service;
    private readonly Pod?[] _places = new Pod?[Places];

    private PublicService(string ip, V1Service service)
    {
        (_ip, _service) = (ip, service);
        var path = _folder.Write("haproxy.cfg", Configuration());
        _process = Process.Start(new ProcessStartInfo("haproxy", ["-db", "-f", path]) { UseShellExecute = false, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) => Log += line.Data + '\n';
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has said.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Where peers come in.</summary>
    public Uri App(string path) => new($"ws://{_ip}:{PortNamed("http").Port}{path}");

    public static async Task<PublicService> StartAsync(string ip, V1Service service)
    {
        var started = new PublicService(ip, service);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var start = Moment.Now; !File.Exists(started.CommandSocket); await again.WaitForNextTickAsync())
        {
            if (start.Ago > Patience || started._process.HasExited)
                throw new InvalidOperationException($"HAProxy does not start: {started.Log}");
        }

        return started;
    }

    /// <summary>Gives connections to these pods from now on.</summary>
    public async Task SetAsync(IReadOnlyCollection<Pod> endpoints)
    {
        for (var i = 0; i < Places; i++)
        {
            if (_places[i] is { } gone && !endpoints.Contains(gone))
            {
                await ForEachPortAsync(i, (server, _) => $"set server {server} state maint");
                _places[i] = null;
            }
        }

        foreach (var pod in endpoints.Except(_places.OfType<Pod>()))
        {
            var place = Array.IndexOf(_places, null);
            _places[place] = pod;
            await ForEachPortAsync(place, (server, port) => string.Create(
                CultureInfo.InvariantCulture,
                $"set server {server} addr {pod.Link.Ip} port {pod.Container.NumberOf(port.TargetPort)}; set server {server} state ready"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private string CommandSocket => Path.Combine(_folder.Path, "commands");

    private V1ServicePort PortNamed(string name) => _service.Spec.Ports.First(port => string.Equals(port.Name, name, StringComparison.Ordinal));

    private string Configuration()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            global
              maxconn 4000
              stats socket {CommandSocket} level admin

            defaults
              mode tcp
              timeout connect 5s
              timeout client 1h
              timeout server 1h
              retries 0


            """));
        foreach (var port in _service.Spec.Ports)
        {
            text.Append(string.Create(CultureInfo.InvariantCulture, $"""
                frontend to-{port.Port}
                  bind {_ip}:{port.Port}
                  default_backend {BackendOf(port)}

                backend {BackendOf(port)}
                  balance random(1)
                  server-template pod 1-{Places} 127.0.0.1:1 disabled


                """));
        }

        return text.ToString();
    }

    private static string BackendOf(V1ServicePort port) => string.Create(CultureInfo.InvariantCulture, $"of-{port.Port}");

    private async Task ForEachPortAsync(int place, Func<string, V1ServicePort, string> command)
    {
        foreach (var port in _service.Spec.Ports)
            await TellAsync(command(string.Create(CultureInfo.InvariantCulture, $"{BackendOf(port)}/pod{place + 1}"), port));
    }

    private async Task TellAsync(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(CommandSocket));
        await socket.SendAsync(Encoding.ASCII.GetBytes(command + '\n'));
        var answer = new byte[4096];
        while (await socket.ReceiveAsync(answer) > 0)
        {
        }
    }
}
