using Signaling.Gateway.Admin;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Health;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Hosting;

/// <summary>Keeps what is for who runs the service apart from what is for its peers.</summary>
internal static class InternalListener
{
    /// <summary>
    /// Serves health, figures, the state of the node, its drain, the admin API and its page, and the registration of user tokens, and
    /// nothing else, to who comes in by the internal port.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="port">The port; null: there is none.</param>
    public static void UseInternalListener(this WebApplication app, int? port)
    {
        if (port is not { } internalPort)
            return;

        app.MapWhen(context => context.Connection.LocalPort == internalPort, inside =>
        {
            inside.UseDashboard();
            inside.UseRouting();
            inside.UseEndpoints(endpoints =>
            {
                endpoints.MapNodeHealth();
                endpoints.MapNodeState();
                endpoints.MapNodeDrain();
                endpoints.MapAdminApi();
                endpoints.MapUserTokens();
                endpoints.MapMetrics();
            });
        });
    }
}
