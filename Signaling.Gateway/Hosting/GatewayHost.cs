using Microsoft.Extensions.Hosting.Systemd;
using Signaling.Gateway.Admin;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Logging;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Hosting;

/// <summary>The ASP.NET Core application of this program.</summary>
internal static class GatewayHost
{
    /// <summary>Builds and starts it; a failure comes as a sentence for the user.</summary>
    /// <param name="configuration">All that it is told.</param>
    /// <param name="change">What is to be other than it is in the program, such as a test's own transport.</param>
    /// <returns>The application; null: it was told to stop before it had started.</returns>
    public static async Task<WebApplication?> StartAsync(GatewayConfiguration configuration, Action<WebApplicationBuilder>? change = null)
    {
        using var sockets = new ListenSockets();
        try
        {
            var app = Build(configuration, sockets, change);
            try
            {
                await app.StartAsync();
                return app;
            }
            catch (Exception error)
            {
                // What has started is stopped in order: the node may have joined its cluster already.
                await app.StopAsync();
                await app.DisposeAsync();
                if (error is OperationCanceledException)
                    return null;
                throw;
            }
        }
        catch (Exception error) when (error is not StartupException)
        {
            var cause = error is AggregateException ? error.GetBaseException() : error;
            throw new StartupException($"The service did not start: {cause.Message}", error);
        }
    }

    /// <summary>Nothing is read but the configuration that is handed in: no other file, no other variable.</summary>
    private static WebApplication Build(GatewayConfiguration configuration, ListenSockets sockets, Action<WebApplicationBuilder>? change)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            // The files that belong to the program are beside it, wherever the caller is.
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        builder.Logging.AddSignalingConsole(configuration.Settings.Log.Format);
        ListenSockets.CheckNodePort(configuration.Settings.Node);
        builder.WebHost.UseKestrelCore();
        var internalPort = builder.Services.AddKestrelEndpoints(configuration, sockets);
        builder.Services.AddRouting();
        builder.Services.AddSignaling(configuration.CopyTo);
        foreach (var certificate in configuration.Endpoints.Select(endpoint => endpoint.Certificate).OfType<PublicCertificate>())
            builder.Services.AddSingleton(certificate);
        if (internalPort is not null)
        {
            builder.Services.AddMetricsExport();
            builder.Services.AddSingleton(configuration.Settings.Internal);
            builder.Services.AddAdminApi();
        }

        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddHostedService<SystemdNotices>();
        change?.Invoke(builder);

        var app = builder.Build();
        app.UseInternalListener(internalPort);
        app.UseTrustedProxies(configuration.Settings.Proxies); // not on the internal listener: its caller is who connects
        app.UseRouting(); // first, so that what the service takes, sockets above all, is no request for a file
        if (configuration.Settings.Strict)
            app.UseNoSniffing();
        app.UsePublicFiles(configuration.PublicFolder);
        app.MapDemoConfig();
        app.MapSignaling();
        return app;
    }
}
