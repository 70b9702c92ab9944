using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;
using Signaling.Tests.Deploy.Chart;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// Plays the controller of a StatefulSet with <c>podManagementPolicy: Parallel</c> and rolling updates: makes the pods that
/// are missing, all at once; deletes those that are too many, all at once; and replaces those of an older template one after
/// the other, the last first, each when all behind it are ready again.
/// </summary>
internal sealed class StatefulSetController(Kubelet kubelet, Endpoints endpoints)
{
    private readonly Lock _lock = new();
    private readonly List<Pod> _pods = [];
    private readonly List<Pod> _all = [];
    private readonly HashSet<string> _cutOff = new(StringComparer.Ordinal);
    private V1StatefulSet? _set;
    private string _revision = "";

    /// <summary>The pods that there are, by their ordinals.</summary>
    public IReadOnlyList<Pod> Pods
    {
        get
        {
            lock (_lock)
                return [.. _pods.OrderBy(pod => pod.Ordinal)];
        }
    }

    /// <summary>All pods that there ever were, the oldest first.</summary>
    public IReadOnlyList<Pod> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    /// <summary>All pods are there, of the newest template, and ready.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_lock)
                return _set is not null && _pods.Count == _set.Spec.Replicas && _pods.TrueForAll(pod => IsCurrent(pod) && IsAvailable(pod));
        }
    }

    /// <summary>The name of the revision of a template.</summary>
    public static string RevisionOf(V1StatefulSet set) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KubernetesJson.Serialize(set.Spec.Template))))[..10];

    /// <summary>Takes a StatefulSet, or what has become of it.</summary>
    public void Take(V1StatefulSet set)
    {
        if (set.Spec is not { PodManagementPolicy: "Parallel", UpdateStrategy: null or { Type: null or "RollingUpdate" }, VolumeClaimTemplates: null or [] })
            throw new NotSupportedException("These tests play StatefulSets with podManagementPolicy Parallel, RollingUpdate and no claims of volumes.");
        lock (_lock)
        {
            _set = set;
            _revision = RevisionOf(set);
        }

        Reconcile();
    }

    /// <summary>Cuts the pods of a name off from all others as soon as they are made.</summary>
    public void CutOffFromNowOn(string name)
    {
        lock (_lock)
            _cutOff.Add(name);
    }

    /// <summary>Ends that.</summary>
    public void CutOffNoMore(string name)
    {
        lock (_lock)
            _cutOff.Remove(name);
    }

    private TimeSpan MinimumReady => TimeSpan.FromSeconds(_set!.Spec.MinReadySeconds ?? 0);

    private bool IsCurrent(Pod pod) => string.Equals(pod.Revision, _revision, StringComparison.Ordinal);

    private bool IsAvailable(Pod pod) => pod.IsReady && pod.ReadySince is { } since && since.Ago >= MinimumReady;

    private void Reconcile()
    {
        lock (_lock)
        {
            _pods.RemoveAll(pod => pod.Gone.IsCompleted);
            for (var i = 0; i < _set!.Spec.Replicas; i++)
            {
                if (!_pods.Exists(pod => pod.Ordinal == i))
                    Create(i);
            }

            foreach (var pod in _pods.Where(pod => pod.Ordinal >= _set.Spec.Replicas).ToArray())
                pod.Delete();
            RollOn();
            endpoints.Take([.. _pods]);
        }
    }

    private void RollOn()
    {
        var first = _set!.Spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        foreach (var pod in _pods.Where(pod => pod.Ordinal >= first && pod.Ordinal < _set.Spec.Replicas).OrderByDescending(pod => pod.Ordinal).ToArray())
        {
            if (!IsCurrent(pod) && !pod.IsTerminating)
            {
                pod.Delete();
                return;
            }

            if (!IsAvailable(pod))
                return;
        }
    }

    private void Create(int ordinal)
    {
        var template = KubernetesJson.Deserialize<V1PodTemplateSpec>(KubernetesJson.Serialize(_set!.Spec.Template));
        var name = $"{_set.Metadata.Name}-{ordinal}";
        var definition = new V1Pod { Metadata = template.Metadata ?? new V1ObjectMeta(), Spec = template.Spec };
        (definition.Metadata.Name, definition.Metadata.NamespaceProperty) = (name, Helm.Namespace);
        definition.Metadata.Labels["statefulset.kubernetes.io/pod-name"] = name;
        definition.Metadata.Labels["apps.kubernetes.io/pod-index"] = $"{ordinal}";
        definition.Metadata.Labels["controller-revision-hash"] = $"{_set.Metadata.Name}-{_revision}";
        (definition.Spec.Hostname, definition.Spec.Subdomain) = (name, _set.Spec.ServiceName);
        var pod = kubelet.Run(definition, _revision, ordinal, _cutOff.Contains(name));
        _pods.Add(pod);
        _all.Add(pod);
        pod.OnChange = () => OnChange(pod);
    }

    private void OnChange(Pod pod)
    {
        Reconcile();
        if (pod.IsReady && MinimumReady > TimeSpan.Zero)
            _ = Task.Delay(MinimumReady + TimeSpan.FromMilliseconds(1)).ContinueWith(_ => Reconcile(), TaskScheduler.Default);
    }
}
