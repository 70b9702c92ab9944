using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.ClusterTls;

/// <summary>
/// A cluster of three nodes with the script's certificates, in the middle of the first step of a change of its CA: all but
/// one trust the next one too.
/// </summary>
public sealed class ThreeTlsNodes : IAsyncLifetime
{
    public const int Size = 3;

    private FaultCluster? _cluster;

    /// <summary>The CA of the nodes' certificates.</summary>
    internal ClusterCa Ca { get; } = new();

    /// <summary>The one that is to take its place.</summary>
    internal ClusterCa Next { get; } = new();

    internal TlsFiles Files { get; } = new();

    internal FaultCluster Cluster => _cluster!;

    public async Task InitializeAsync()
    {
        for (var node = 0; node < Size; node++)
        {
            Files.Certify(node, Ca);
            Files.Trust(node, node == 0 ? [Ca] : [Ca, Next]);
        }

        _cluster = await FaultCluster.StartAsync(Size, settings: Files.Settings);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Files.Dispose();
        Ca.Dispose();
        Next.Dispose();
    }
}

/// <summary>One after the other, and nothing beside them: they measure.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterTlsCollection : ICollectionFixture<ThreeTlsNodes>
{
    public const string Name = "cluster TLS";
}
