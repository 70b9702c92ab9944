using System.Net;
using System.Net.Sockets;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Ice;
using Signaling.Gateway.Tokens;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// Finds the configuration and reads it: the command line wins over environment variables, these over the file.
/// </summary>
/// <param name="environment">The environment variables.</param>
/// <param name="workingDirectory">The caller's folder.</param>
/// <param name="time">The clock that certificates are held against.</param>
internal sealed class ConfigurationLoader(
    IReadOnlyDictionary<string, string> environment, string workingDirectory, TimeProvider time)
{
    private const string FileVariable = "SIGNALING_CONFIG";

    /// <summary>Reads and checks everything.</summary>
    /// <param name="arguments">What the command line said.</param>
    /// <param name="warnings">Takes the warnings, those before an error too.</param>
    /// <exception cref="StartupException">Something keeps the program from starting.</exception>
    public GatewayConfiguration Load(StartArguments arguments, List<string> warnings)
    {
        var path = FindFile(arguments.ConfigFile);
        var port = PortVariable.Of(environment);
        var file = path is null
            ? ConfigFile.Read(DevMode.Config, DevMode.Name, port, warnings)
            : ConfigFile.Read(ReadText(path), path, port, warnings);
        var (settings, certificates) = ReadSettings(file, path, arguments, warnings);
        ListenEndpoint[] endpoints = [.. ReadEndpoints(file, path), .. InternalEndpoint(settings.Internal)];
        return new GatewayConfiguration
        {
            Path = path,
            File = file,
            Settings = settings,
            Endpoints = endpoints,
            Certificates = [.. endpoints.Select(endpoint => endpoint.Certificate?.InUse).OfType<CertificateInUse>(), .. certificates],
            PortVariable = port,
            Warnings = warnings,
        };
    }

    /// <summary>Reads and checks what stands under <c>signaling</c>, for a command that asks a node that runs.</summary>
    /// <param name="configFile">The file that the command line named, if any.</param>
    /// <exception cref="StartupException">It can't be read, or is wrong.</exception>
    public ServiceSettings LoadSettings(string? configFile)
    {
        var path = FindFile(configFile);
        var signaling = path is null ? default : new ConfigValue(path, "", ConfigJson.Parse(ReadText(path), path), [])["signaling"];
        return SettingBinder.Bind(new SettingSources().AddFile(signaling).AddEnvironment(environment));
    }

    private string? FindFile(string? argument)
    {
        var named = argument ?? (environment.GetValueOrDefault(FileVariable) is { Length: > 0 } value ? value : null);
        var path = Path.GetFullPath(named ?? "config.json", workingDirectory);
        if (File.Exists(path))
            return path;

        if (named is null)
            return null;

        var origin = argument is null ? $"the environment variable {FileVariable}" : "the command line";
        throw new StartupException($"The configuration file {path}, named by {origin}, does not exist; correct the path.");
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The configuration file {path} can't be read; give the user that runs this program the right to.", error);
        }
    }

    private (ServiceSettings Settings, IEnumerable<CertificateInUse> Certificates) ReadSettings(
        ConfigFile file, string? path, StartArguments arguments, List<string> warnings)
    {
        var sources = new SettingSources()
            .AddFile(file.Signaling)
            .AddEnvironment(environment)
            .AddOption("node:profile", "--profile", arguments.Profile)
            .AddOption("node:host", "--cluster-host", arguments.ClusterHost)
            .AddOption("node:port", "--cluster-port", arguments.ClusterPort)
            .AddOption("node:seeds", "--cluster-seeds", arguments.ClusterSeeds);
        var settings = SettingBinder.Bind(sources);

        AppSettingsCheck.Apply(file.Apps, settings.Apps, sources, warnings);
        settings.Node.HoconFolder = Resolve("node:hoconFolder", settings.Node.HoconFolder);
        settings.Node.Tls.CertFile = Resolve("node:tls:certFile", settings.Node.Tls.CertFile);
        settings.Node.Tls.KeyFile = Resolve("node:tls:keyFile", settings.Node.Tls.KeyFile);
        settings.Node.Tls.CaFile = Resolve("node:tls:caFile", settings.Node.Tls.CaFile);

        var tokens = settings.Tokens;
        tokens.AdminTokenFile = Resolve("tokens:adminTokenFile", tokens.AdminTokenFile);
        tokens.PreviousAdminTokenFile = Resolve("tokens:previousAdminTokenFile", tokens.PreviousAdminTokenFile);
        tokens.Signed.SecretFile = Resolve("tokens:signed:secretFile", tokens.Signed.SecretFile);
        tokens.Signed.PreviousSecretFile = Resolve("tokens:signed:previousSecretFile", tokens.Signed.PreviousSecretFile);
        tokens.Signed.PublicKeyFile = Resolve("tokens:signed:publicKeyFile", tokens.Signed.PublicKeyFile);
        tokens.Signed.PreviousPublicKeyFile = Resolve("tokens:signed:previousPublicKeyFile", tokens.Signed.PreviousPublicKeyFile);
        tokens.Signed.KeySetFile = Resolve("tokens:signed:keySetFile", tokens.Signed.KeySetFile);

        ReadIce(settings, sources, Resolve);
        ReadWebhooks(settings, Resolve);

        // Whatever is wrong with them is told now.
        _ = new AdminTokens(file.AdminToken, tokens, name => $"{sources.OriginOf($"tokens:{name}")}: ");
        _ = new TokenKeyFiles(tokens.Signed, name => $"{sources.OriginOf($"tokens:signed:{name}")}: ");

        if (settings.Node is { IsAlone: true, Seeds.Count: > 0 })
        {
            warnings.Add(
                $"{sources.OriginOf("node:seeds")}: signaling.node.seeds has no effect with the profile dev, which runs " +
                "one node on its own; choose --profile static to join others.");
        }

        if (settings.Node is { IsAlone: false, ClusterSize: { } size } node && size < node.Seeds.Count)
        {
            warnings.Add(
                $"{sources.OriginOf("node:clusterSize")}: signaling.node.clusterSize is {size}, less than the {node.Seeds.Count} seeds, " +
                "so two clusters may form beside each other; count every node.");
        }

        if (settings.Proxies.Nets.Any(net => net.PrefixLength == 0))
        {
            warnings.Add(
                $"{sources.OriginOf("proxies:trusted")}: signaling.proxies.trusted has a net of all addresses, so every peer can claim to come " +
                "from anywhere; name your proxies alone.");
        }

        return (settings, NodeTlsCheck.Read(settings.Node, sources, time, warnings));

        // A path counts from the folder of the file that it stands in.
        string? Resolve(string key, string? written) => written is null ? null : Path.GetFullPath(
            written, string.Equals(sources.OriginOf(key), path, StringComparison.Ordinal) ? FolderOf(path!) : workingDirectory);
    }

    private static void ReadWebhooks(ServiceSettings settings, Func<string, string?, string?> resolve)
    {
        foreach (var (name, app) in settings.Apps)
        {
            if (app.Webhook is { Url: not null } webhook)
                webhook.SecretFile = Read(webhook.Url, webhook.SecretFile, $"apps:{name}:webhook");
            if (app.Admission is { Url: not null } admission)
                admission.SecretFile = Read(admission.Url, admission.SecretFile, $"apps:{name}:admission");
        }

        string? Read(string url, string? secretFile, string path)
        {
            var resolved = resolve($"{path}:secretFile", secretFile);
            _ = AppWebhook.ReadSecret(url, resolved, $"signaling.{path.Replace(':', '.')}");
            return resolved;
        }
    }

    private static void ReadIce(ServiceSettings settings, SettingSources sources, Func<string, string?, string?> resolve)
    {
        Read(settings.Ice, "ice");
        foreach (var (name, app) in settings.Apps)
        {
            if (app.Ice is { } own)
                Read(own, $"apps:{name}:ice");
        }

        void Read(IceOptions ice, string path)
        {
            ice.SecretFile = resolve($"{path}:secretFile", ice.SecretFile);
            if (ice.TurnUrls.Count > 0)
                _ = IceServers.ReadSecret(ice, $"{sources.OriginOf($"{path}:turnUrls")}: signaling.{path.Replace(':', '.')}");
        }
    }

    private IEnumerable<ListenEndpoint> ReadEndpoints(ConfigFile file, string? path)
    {
        if (file.Http is { } http)
            yield return new ListenEndpoint(http, Resolve(http), Certificate: null);

        if (file.Https is { } https)
        {
            var certificate = path is null
                ? new PublicCertificate($"{https.Endpoint.Origin}.ssl_cert_file", SelfSignedCertificate.Create(time.GetUtcNow()))
                : PublicCertificate.Load(https, FolderOf(path), time);
            yield return new ListenEndpoint(https.Endpoint, Resolve(https.Endpoint), certificate);
        }
    }

    private static IEnumerable<ListenEndpoint> InternalEndpoint(InternalOptions options)
    {
        if (options.Port is not { } port)
            yield break;

        var config = new EndpointConfig("signaling.internal", "signaling.internal.port", port, options.Host);
        yield return new ListenEndpoint(config, Resolve(config), Certificate: null, IsInternal: true);
    }

    private static IPAddress? Resolve(EndpointConfig endpoint)
    {
        if (endpoint.Host is null)
            return null;

        if (IPAddress.TryParse(endpoint.Host, out var address))
            return address.Equals(IPAddress.IPv6Any) ? null : address;

        try
        {
            return Dns.GetHostAddresses(endpoint.Host)[0];
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new StartupException(
                $"{endpoint.Origin}.host is \"{endpoint.Host}\", which is no address and no known name; use an address or a " +
                "name of this machine, or leave it out to listen on all addresses.",
                error);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;
}
