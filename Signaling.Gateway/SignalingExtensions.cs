using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages;
using Signaling.Gateway.Admin;
using Signaling.Gateway.Callbacks;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Health;
using Signaling.Gateway.Ice;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Logging;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Node;
using Signaling.Gateway.Origins;
using Signaling.Gateway.Rereading;
using Signaling.Gateway.Sessions;
using Signaling.Gateway.Sockets;
using Signaling.Gateway.Tokens;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway;

/// <summary>
/// Puts the signaling service into an ASP.NET Core application: <c>services.AddSignaling(...)</c> and
/// <c>app.MapSignaling()</c>.
/// </summary>
public static class SignalingExtensions
{
    /// <summary>
    /// Adds the service: its actors, and what serves its sockets. A host that stops drains the node first, see
    /// <see cref="INodeDrain"/>, for which <see cref="HostOptions.ShutdownTimeout"/> is raised; set it after this call to have
    /// the last word, and what is not done by then is cut short.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says which apps are served, and how.</param>
    /// <returns>The application's services.</returns>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions> configure)
    {
        services.AddOptions<SignalingOptions>().Configure(configure)
            .Validate(AllowedOrigins.AreOrigins, "SignalingOptions.Origins and AppOptions.Origins list origins, such as https://example.com, without a path.")
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<LoggerFilterOptions>, TargetsUnsaid>());

        services.AddAkka(NodeHocon.SystemName, (builder, provider) =>
        {
            var options = provider.GetRequiredService<IOptions<SignalingOptions>>().Value;
            builder.AddHocon(NodeHocon.Load(options.Node), HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                })
                .WithSignaling()
                .AddStartup((system, _) => SignalingActors.OpenDesk(system, provider.GetRequiredService<NodeDesk>()));
            builder.AddSetup(new NodeTransportSetup(
                provider.GetRequiredService<NodeIdentity>().Certificate is { } certificate ? new TlsHandshake(certificate) : new NoHandshake(),
                provider.GetRequiredService<ClusterContract>(),
                provider.GetRequiredService<Disagreements>(),
                provider.GetRequiredService<ClusterPortMetrics>(),
                provider.GetRequiredService<ILoggerFactory>(),
                provider.GetRequiredService<TimeProvider>()));
        });
        services.AddCertificates();
        services.AddNode();
        services.AddDrain();

        services.AddSingleton(provider => SignalingActors.ConnectionsOf(provider.GetRequiredService<ActorSystem>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddTokens();
        services.AddRereading();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CrowdMemory>();
        services.AddSingleton<OpenSockets>();
        services.AddSingleton<SocketEndpoint>();
        services.AddLimits();
        services.AddDesk();
        services.AddNodeHealth();
        services.AddSingleton<SocketMetrics>();
        services.AddHostedService<NodeMetrics>();
        services.AddHostedService<PulseWatch>();
        services.AddTransient<IStartupFilter, WebSocketsFilter>();
        return services;
    }

    /// <summary>
    /// Serves the peers' WebSockets on every path that no other endpoint takes, and the registration of user tokens.
    /// A socket whose path is no app's is closed with 1008.
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <returns>For conventions of the application, such as authorization.</returns>
    public static IEndpointConventionBuilder MapSignaling(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("");
        group.Map(AnyPath(new UpgradeConstraint()), Handle<SocketEndpoint>).WithDisplayName("Signaling");
        MapUserTokens(group);
        group.Map(AnyPath(new PathConstraint(IceEndpoint.Path)), Handle<IceEndpoint>).WithDisplayName("Signaling ICE servers");
        return group;
    }

    private static void AddLimits(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SignalingOptions>>().Value;
            return LimitsInForce.Of(options.Strict, options.Limits);
        });
        services.AddOptions<SignalingOptions>().PostConfigure(static options =>
        {
            var most = LimitsInForce.Of(options.Strict, options.Limits).ListenersPerAddress;
            foreach (var app in options.Apps)
                app.MostListeners ??= most < int.MaxValue ? most : null;
        });
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<AllowedOrigins>();
    }

    private static void AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<AppMetrics>();
        services.AddWebhooks();
        services.AddSingleton<SessionLog>();
        services.AddTopic<TraceTopic>();
        services.AddTopic<NodeTopic>();
        services.AddTopic<AddressesTopic>();
        services.AddTopic<AddressTopic>();
        services.AddTopic<ActTopic>();
        services.AddSingleton<NodeDesk>();
        services.AddSingleton<ClusterDesk>();
        services.AddSingleton<SessionTrace>();
        services.AddSingleton<HoldBack>();
        services.AddSingleton<LogLevels>();
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<AppWebhooks>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<WebhookSender>(provider, Client(), new Random()));
        services.AddSingleton<AdmissionMetrics>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<AppAdmissions>(provider, Client()));

        // Its times are those of the settings, and where it is sent to is nobody else's business.
        static HttpClient Client() =>
            new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static void AddTopic<T>(this IServiceCollection services)
        where T : class, IDeskTopic
    {
        services.AddSingleton<T>();
        services.AddSingleton<IDeskTopic>(provider => provider.GetRequiredService<T>());
    }

    private static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<AdminTokens>();
        services.AddSingleton(provider => new TokenKeyFiles(provider.GetRequiredService<IOptions<SignalingOptions>>().Value.Tokens.Signed));
        services.AddSingleton<FetchedKeys>();
        services.AddHostedService<KeySetWatch>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<AdminCheck>();
        services.AddSingleton<TokenMetrics>();
        services.AddSingleton<UserTokens>();
        services.AddSingleton<SignedTokens>();
        services.AddSingleton<PeerAdmission>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<IceServers>();
        services.AddSingleton<IceEndpoint>();
    }

    private static void AddRereading(this IServiceCollection services)
    {
        services.AddSingleton<RereadMetrics>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RereadWatch>(
            provider,
            (IReread[])[
                .. provider.GetServices<PublicCertificate>(),
                .. provider.GetRequiredService<AdminTokens>().Files,
                .. provider.GetRequiredService<TokenKeyFiles>().Files,
                .. provider.GetRequiredService<IceServers>().Files,
                .. provider.GetRequiredService<AppWebhooks>().Files,
                .. provider.GetRequiredService<AppAdmissions>().Files,
            ],
            provider.GetRequiredService<IOptions<SignalingOptions>>().Value.Tokens.RereadInterval));
    }

    /// <summary>Serves the registration of user tokens.</summary>
    internal static void MapUserTokens(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(AnyPath(new PathConstraint(TokenEndpoint.Path)), Handle<TokenEndpoint>).WithDisplayName("Signaling user tokens");

    private static void AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<CertificatesInUse>();
        services.AddSingleton<CertificateMetrics>();
        services.AddHostedService(provider =>
        {
            provider.GetRequiredService<CertificateMetrics>(); // nobody else asks for it
            return ActivatorUtilities.CreateInstance<CertificateWatch>(provider);
        });
    }

    // In the order in which they start, and the other way round stop.
    private static void AddNode(this IServiceCollection services)
    {
        services.AddSingleton<ILease>(provider => SignalingActors.LeaseOf(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<INodeActors, NodeActors>();
        services.AddSingleton<ClusterContract>();
        services.AddSingleton<Disagreements>();
        services.AddSingleton<ClusterPortMetrics>();
        services.AddSingleton<NodeEnd>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeEnd>());
        services.AddHostedService<AddressesGuard>();
        services.AddHostedService<LeaseGuard>();
        services.AddHostedService<NodeMembership>();
    }

    private static void AddDrain(this IServiceCollection services)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<NodeDrain>(provider, new Random()));
        services.AddSingleton<INodeDrain>(provider => provider.GetRequiredService<NodeDrain>());
        services.AddHostedService(provider => provider.GetRequiredService<NodeDrain>());
        services.AddSingleton<DrainGate>();
        services.AddOptions<HostOptions>().Configure<IOptions<SignalingOptions>>((host, options) =>
        {
            var needed = DrainTimes.Of(options.Value).Stop;
            if (host.ShutdownTimeout < needed)
                host.ShutdownTimeout = needed;
        });
    }

    // Taken from the services with the first request, when the actors have started.
    private static async Task Handle<T>(HttpContext context)
        where T : class, IRequestHandler
    {
        try
        {
            await (context.RequestServices.GetRequiredService<DrainGate>().IsOpen
                ? context.RequestServices.GetRequiredService<T>().HandleAsync(context)
                : DrainGate.RefuseAsync(context.Response));
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // What is wrong with the request, its body or how that comes, is told to who sent it, and is no error of ours to be logged.
            context.Response.StatusCode = e.StatusCode;
        }
    }

    private static RoutePattern AnyPath(IRouteConstraint constraint) =>
        RoutePatternFactory.Parse("{**path}", defaults: null, parameterPolicies: new { path = constraint });

    /// <summary>WebSockets, before whatever the application itself puts into its pipeline.</summary>
    private sealed class WebSocketsFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseWebSockets();
            next(app);
        };
    }
}
