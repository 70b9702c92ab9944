using System.Globalization;
using k8s.Models;
using Signaling.Tests.Deploy.Chart;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>The objects of the namespace that pods refer to, as they are now.</summary>
internal sealed class PodObjects
{
    public IReadOnlyDictionary<string, V1ConfigMap> Configs { get; private set; } = new Dictionary<string, V1ConfigMap>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, V1Secret> Secrets { get; private set; } = new Dictionary<string, V1Secret>(StringComparer.Ordinal);

    public IReadOnlyList<V1Service> Services { get; private set; } = [];

    public IReadOnlyList<V1NetworkPolicy> Policies { get; private set; } = [];

    /// <summary>Takes those of a render, and secrets that were there before it.</summary>
    public void Take(Render render, IEnumerable<V1Secret> existing)
    {
        Configs = render.All<V1ConfigMap>().ToDictionary(one => one.Metadata.Name, StringComparer.Ordinal);
        Secrets = render.All<V1Secret>().Concat(existing).ToDictionary(one => one.Metadata.Name, StringComparer.Ordinal);
        Services = render.All<V1Service>();
        Policies = render.All<V1NetworkPolicy>();
    }

    /// <summary>The variables that tell a pod of the services, unless it wants none.</summary>
    public IEnumerable<KeyValuePair<string, string>> LinksFor(V1PodSpec pod)
    {
        if (pod.EnableServiceLinks == false)
            yield break;
        foreach (var service in Services.Where(service => !service.IsHeadless()))
        {
            var name = service.Metadata.Name.ToUpperInvariant().Replace('-', '_');
            yield return new($"{name}_SERVICE_HOST", "10.0.0.1");
            foreach (var port in service.Spec.Ports)
            {
                var number = port.Port.ToString(CultureInfo.InvariantCulture);
                yield return new($"{name}_SERVICE_PORT", number);
                yield return new($"{name}_PORT", $"tcp://10.0.0.1:{number}");
                yield return new($"{name}_PORT_{number}_TCP_PORT", number);
            }
        }
    }
}
