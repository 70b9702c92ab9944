using System.Collections.Concurrent;
using k8s.Models;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>A line of a pod's log.</summary>
internal sealed record LogLine(Moment At, string Text);

/// <summary>How a pod's container was ended.</summary>
/// <param name="PreStop">How long its preStop hook took; null where it has none.</param>
/// <param name="PreStopExit">The hook's exit code, and what it has written.</param>
/// <param name="Whole">How long all took.</param>
/// <param name="Killed">Its grace period was over.</param>
internal sealed record Termination(TimeSpan? PreStop, (int Code, string Output)? PreStopExit, TimeSpan Whole, bool Killed);

/// <summary>One pod from its creation to its end, and what is known of it.</summary>
internal sealed class Pod(V1Pod definition, PodLink link, string revision, int ordinal)
{
    private readonly ConcurrentQueue<LogLine> _log = [];
    private readonly ConcurrentQueue<int> _exitCodes = [];
    private readonly TaskCompletionSource _deletion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Is told when something of it has changed.</summary>
    public Action OnChange { get; set; } = () => { };

    public V1Pod Definition => definition;

    public string Name => definition.Metadata.Name;

    /// <summary>Its place in its set; -1 for a pod of no set.</summary>
    public int Ordinal => ordinal;

    /// <summary>The revision of the template that it was made from.</summary>
    public string Revision => revision;

    public PodLink Link => link;

    public V1Container Container => definition.Spec.Containers[0];

    public Moment Created { get; } = Moment.Now;

    /// <summary>When its startup probe held first.</summary>
    public Moment? Started { get; private set; }

    /// <summary>Since when it has been ready.</summary>
    public Moment? ReadySince { get; private set; }

    /// <summary>It runs, is ready and was not told to end.</summary>
    public bool IsReady => ReadySince is not null && !IsTerminating;

    public bool IsTerminating => _deletion.Task.IsCompleted;

    /// <summary>How it was ended, once it was.</summary>
    public Termination? Termination { get; set; }

    /// <summary>The exit code of each run of its container that has ended.</summary>
    public IReadOnlyCollection<int> ExitCodes => _exitCodes;

    /// <summary>What its container has written, over all its runs.</summary>
    public IReadOnlyCollection<LogLine> Log => _log;

    /// <summary>It was told to end.</summary>
    public Task Deletion => _deletion.Task;

    /// <summary>Its name is free for another.</summary>
    public Task Gone => _gone.Task;

    /// <summary>The run of its container; null between two.</summary>
    public Container? Running { get; set; }

    public Uri App(string path) => new($"ws://{link.Ip}:{Container.NumberOf("http")}{path}");

    public Uri Internal(string path) => new($"http://{link.Ip}:{Container.NumberOf("internal")}{path}");

    /// <summary>Tells it to end, as <c>kubectl delete pod</c> does.</summary>
    public void Delete()
    {
        if (_deletion.TrySetResult())
            OnChange();
    }

    /// <summary>When its container last wrote a line with a text in it.</summary>
    public Moment Said(string text) => _log.Last(line => line.Text.Contains(text, StringComparison.Ordinal)).At;

    public void OnLine(string line) => _log.Enqueue(new LogLine(Moment.Now, line));

    public void OnStarted() => Started ??= Moment.Now;

    public void OnReady(bool ready)
    {
        if (ready == ReadySince is not null)
            return;
        ReadySince = ready ? Moment.Now : null;
        OnChange();
    }

    public void OnExit(int code)
    {
        _exitCodes.Enqueue(code);
        OnReady(false);
        OnChange();
    }

    public void OnGone()
    {
        _gone.TrySetResult();
        OnChange();
    }

    public override string ToString() =>
        $"{Name} {link.Ip} {(IsTerminating ? "terminating" : IsReady ? "ready" : "not ready")} exits {string.Join(',', _exitCodes)}\n" +
        string.Join('\n', _log.TakeLast(40).Select(line => $"  {line.Text}"));
}
