using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Gateway;
using Signaling.Gateway.Configuration;

namespace Signaling.Tests.Gateway;

/// <summary>
/// A node in the test's own process, embedded as any application would embed the service, on free ports. It serves the
/// original's default apps.
/// </summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestNode(WebApplication application)
    {
        _application = application;
        var address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        Http = new Uri(address);
        WebSocket = new UriBuilder(Http) { Scheme = "ws" }.Uri;
    }

    public Uri Http { get; }

    public Uri WebSocket { get; }

    public ActorSystem System => _application.Services.GetRequiredService<ActorSystem>();

    public IServiceProvider Services => _application.Services;

    /// <summary>Starts a node.</summary>
    /// <param name="configure">What the test wants other than the defaults.</param>
    /// <param name="seed">The node whose cluster it joins; null for a cluster of its own.</param>
    /// <param name="build">What the embedding application adds.</param>
    /// <param name="map">What the embedding application serves.</param>
    /// <param name="before">What the embedding application has added before the service.</param>
    /// <param name="configureEndpoints">What the embedding application asks of the service's endpoints.</param>
    public static async Task<TestNode> StartAsync(
        Action<SignalingOptions>? configure = null,
        TestNode? seed = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? before = null,
        Action<IEndpointConventionBuilder>? configureEndpoints = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        before?.Invoke(builder);
        builder.Services.AddSignaling(options =>
        {
            AddDefaultApps(options.Apps);
            options.Node.Profile = "static";
            options.Drain.Notice = options.Drain.Time = options.Drain.CloseWindow = TimeSpan.Zero; // whose test it is says otherwise
            if (seed is not null)
                options.Node.Seeds.Add(seed.ClusterAddress);
            configure?.Invoke(options);
        });
        build?.Invoke(builder);

        var application = builder.Build();
        map?.Invoke(application);
        var endpoints = application.MapSignaling();
        configureEndpoints?.Invoke(endpoints);
        await application.StartAsync();
        return new TestNode(application);
    }

    public Uri App(string path) => new(WebSocket, path);

    public Task StopAsync(CancellationToken cancellation = default) => _application.StopAsync(cancellation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private string ClusterAddress
    {
        get
        {
            var address = Akka.Cluster.Cluster.Get(System).SelfAddress;
            return $"{address.Host}:{address.Port}";
        }
    }

    private static void AddDefaultApps(IList<AppOptions> apps)
    {
        foreach (var path in (string[])["/", "/chatapp", "/callapp", "/test"])
            apps.Add(new AppOptions { Name = path, Path = path });
        foreach (var path in (string[])["/conferenceapp", "/testshared"])
            apps.Add(new AppOptions { Name = path, Path = path, AddressSharing = true });
    }
}
