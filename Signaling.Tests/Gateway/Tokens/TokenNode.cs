using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

/// <summary>A node that needs user tokens, with a clock that the test sets.</summary>
public sealed class TokenNode : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static Task<TestNode> StartAsync(TimeProvider time, Action<SignalingOptions>? configure = null, TestNode? seed = null) => TestNode.StartAsync(
        options =>
        {
            options.AdminToken = TokenApi.AdminToken;
            configure?.Invoke(options);
        },
        seed,
        build: builder => builder.Services.AddSingleton(time));

    public async Task InitializeAsync() => Node = await StartAsync(Time);

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
