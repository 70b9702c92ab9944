using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signaling.Gateway;
using Signaling.Gateway.Configuration;

namespace Signaling.Benchmarks.Rigs;

/// <summary>The whole service in this process, on a free port.</summary>
public sealed class LoopbackGateway : IAsyncDisposable
{
    /// <summary>The path of its app.</summary>
    public const string AppPath = "/callapp";

    private readonly WebApplication _application;

    private LoopbackGateway(WebApplication application)
    {
        _application = application;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        App = new UriBuilder(address) { Scheme = "ws", Path = AppPath }.Uri;
    }

    /// <summary>The app's URL.</summary>
    public Uri App { get; }

    /// <summary>Starts it.</summary>
    public static async Task<LoopbackGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignaling(options =>
        {
            options.Apps.Add(new AppOptions { Name = "CallApp", Path = AppPath });
            options.LogVerbose = false;
            options.Sockets.PingInterval = TimeSpan.FromHours(1); // its clients count bytes, and answer no pings
            options.Drain.Notice = options.Drain.Time = options.Drain.CloseWindow = TimeSpan.Zero;
        });
        var application = builder.Build();
        application.MapSignaling();
        await application.StartAsync();
        return new LoopbackGateway(application);
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
