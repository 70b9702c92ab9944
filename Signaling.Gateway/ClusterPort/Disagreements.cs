using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Which of the seeds this node may not be in one cluster with. It has nobody to join when that is all of them.</summary>
internal sealed class Disagreements(IOptions<SignalingOptions> options)
{
    private readonly string[] _seeds =
        [.. options.Value.Node.Seeds.Except([$"{options.Value.Node.Host}:{options.Value.Node.Port}"], StringComparer.OrdinalIgnoreCase)];

    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase);
    private readonly TaskCompletionSource _everywhere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is one with each of them.</summary>
    public Task Everywhere => _everywhere.Task;

    /// <summary>The disagreements; null: there are none.</summary>
    public string? Described => _reasons.IsEmpty ? null : string.Join("; ", _reasons.Select(one => $"{one.Key}: {one.Value}").Order(StringComparer.Ordinal));

    /// <summary>Takes note of one.</summary>
    /// <param name="peer">The node, as <c>host:port</c>; it counts where it is a seed.</param>
    /// <param name="reason">A clause for people.</param>
    public void Add(string peer, string reason)
    {
        if (!_seeds.Contains(peer, StringComparer.OrdinalIgnoreCase))
            return;

        _reasons[peer] = reason;
        if (_seeds.All(_reasons.ContainsKey))
            _everywhere.TrySetResult();
    }

    /// <summary>A node agrees, whatever it was before.</summary>
    public void Remove(string peer) => _reasons.TryRemove(peer, out _);
}
