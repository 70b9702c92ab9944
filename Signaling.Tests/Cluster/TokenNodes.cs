using Microsoft.Extensions.Time.Testing;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Tokens;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>Two nodes of one cluster that need user tokens, with one clock that the test sets.</summary>
public sealed class TokenNodes : IAsyncLifetime
{
    public FakeTimeProvider Time { get; } = new();

    public TestNode First { get; private set; } = null!;

    public TestNode Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        First = await TokenNode.StartAsync(Time);
        Second = await TokenNode.StartAsync(Time, seed: First);
    }

    public async Task DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
    }
}
