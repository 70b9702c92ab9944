using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Load;

/// <summary>A gateway in a process of its own, for loads.</summary>
public sealed class LoadedNode : IAsyncLifetime
{
    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await NodeProcess.StartAsync(settings: "\"log_verbose\": false,");

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
