using Xunit;

namespace Signaling.Tests.Gateway;

/// <summary>A node with the default settings, for tests that leave it as they found it.</summary>
public sealed class OneNode : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
