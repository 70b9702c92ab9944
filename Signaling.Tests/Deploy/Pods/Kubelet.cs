using k8s.Models;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// Plays the kubelet of a node: runs pods as processes in namespaces of their own, asks their probes, starts containers
/// again that end, and ends those of pods that are deleted by their preStop hook, SIGTERM and, after the grace period, SIGKILL.
/// </summary>
internal sealed class Kubelet(PodNetwork network, ClusterDns dns, PodObjects objects) : IAsyncDisposable
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AtLeastAfterPreStop = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];
    private int _numbers;

    /// <summary>What it could not play; nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes a pod on and runs it.</summary>
    /// <param name="definition">The pod, which gets its place in the network here.</param>
    /// <param name="revision">The revision of its template.</param>
    /// <param name="ordinal">Its place in its set.</param>
    /// <param name="cutOff">Whether it reaches no other pod from the first moment on.</param>
    public Pod Run(V1Pod definition, string revision = "", int ordinal = -1, bool cutOff = false)
    {
        if (definition.Spec is not { Containers: [_], InitContainers: null or [] })
            throw new NotSupportedException($"These tests play pods of one container, and {definition.Metadata.Name} has more.");
        var link = network.Add();
        if (cutOff)
            network.Cut(link);
        definition.Metadata.Uid = Guid.NewGuid().ToString();
        definition.Spec.NodeName = "node";
        definition.Status = new V1PodStatus { PodIP = link.Ip, HostIP = network.Node };
        var pod = new Pod(definition, link, revision, ordinal);
        var number = Interlocked.Increment(ref _numbers);
        _running.Add(Task.Run(() => RunAsync(pod, Path.Combine(_folder.Path, $"{pod.Name}-{number}"))));
        return pod;
    }

    /// <summary>Runs a command in a pod's container.</summary>
    public async Task<(int ExitCode, string Output)> ExecuteAsync(Pod pod, string[] command, CancellationToken end = default)
    {
        var container = pod.Running ?? throw new InvalidOperationException($"The container of {pod.Name} does not run.");
        return await container.ExecuteAsync(ScriptOf(pod).Command(VariablesOf(pod), command), end);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _folder.Dispose();
    }

    private static ContainerScript ScriptOf(Pod pod) => new(pod.Container, pod.Definition.Spec, pod.Name);

    private EnvironmentSources SourcesOf(Pod pod) => new(pod.Definition, objects.Configs, objects.Secrets);

    private Dictionary<string, string> VariablesOf(Pod pod) => ContainerEnvironment.Of(
        pod.Container, SourcesOf(pod), [.. GatewayImage.Variables, new("HOSTNAME", pod.Name), .. objects.LinksFor(pod.Definition.Spec)]);

    private async Task RunAsync(Pod pod, string folder)
    {
        try
        {
            for (var backOff = TimeSpan.Zero; ; backOff = After(backOff, pod.ExitCodes.Count))
            {
                await Task.WhenAny(Task.Delay(backOff, _end.Token), pod.Deletion);
                _end.Token.ThrowIfCancellationRequested();
                if (pod.IsTerminating)
                    break;
                await RunContainerAsync(pod, folder);
                if (pod.IsTerminating || string.Equals(pod.Definition.Spec.RestartPolicy, "Never", StringComparison.Ordinal))
                    break;
            }

            network.Remove(pod.Link);
            pod.OnGone();
        }
        catch (OperationCanceledException)
        {
            // All of it ends.
        }
        catch (Exception e)
        {
            Failure ??= e;
        }
    }

    // At once for the first time.
    private static TimeSpan After(TimeSpan backOff, int exits) =>
        exits <= 1 ? TimeSpan.Zero : backOff == TimeSpan.Zero ? FirstBackOff : backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;

    private async Task RunContainerAsync(Pod pod, string folder)
    {
        var volumes = new PodVolumes(folder, pod.Definition.Spec, SourcesOf(pod));
        volumes.Write();
        var script = ScriptOf(pod);
        var variables = VariablesOf(pod);
        BoundMount[] mounts = [.. PodFiles.Write(folder, pod, dns), .. volumes.MountsOf(pod.Container)];
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        var path = Path.Combine(folder, "start");
        await File.WriteAllTextAsync(
            path, script.Text(root, GatewayImage.Folder, mounts, script.Command(variables, GatewayImage.CommandOf(pod.Container, variables))));

        await using var container = pod.Running = Container.Start(pod.Link, path, pod.OnLine);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var probes = new ContainerProbes(pod.Container, pod.Link.Ip).UntilFailedAsync(pod.OnStarted, pod.OnReady, running.Token);
        await Task.WhenAny(container.Exit, pod.Deletion, probes);
        await running.CancelAsync();
        await probes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (probes.IsFaulted)
            await probes;
        _end.Token.ThrowIfCancellationRequested();
        if (!container.Exit.IsCompleted)
            pod.Termination = await TerminateAsync(pod, container);
        pod.Running = null;
        pod.OnExit(await container.Exit);
    }

    private async Task<Termination> TerminateAsync(Pod pod, Container container)
    {
        var start = Moment.Now;
        var grace = TimeSpan.FromSeconds(pod.Definition.Spec.TerminationGracePeriodSeconds ?? 30);
        (int, string)? hook = null;
        TimeSpan? hookTook = null;
        if (pod.Container.Lifecycle?.PreStop is { } preStop)
        {
            var command = preStop.Exec?.Command ?? throw new NotSupportedException("These tests play preStop hooks that are commands.");
            using var late = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            late.CancelAfter(grace);
            hook = await container.ExecuteAsync(ScriptOf(pod).Command(VariablesOf(pod), command), late.Token);
            hookTook = start.Ago;
        }

        await container.SendAsync(Signal.Term);
        var left = grace - start.Ago;
        var ended = await container.EndedWithinAsync(left > AtLeastAfterPreStop ? left : AtLeastAfterPreStop, _end.Token);
        if (!ended)
            await container.SendAsync(Signal.Kill);
        await container.Exit;
        return new Termination(hookTook, hook, start.Ago, !ended);
    }
}
