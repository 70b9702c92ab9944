using System.Net;
using System.Net.Sockets;
using Signaling.Gateway.Certificates;

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
        var settings = ReadSettings(file, path, arguments, warnings);
        return new GatewayConfiguration
        {
            Path = path,
            File = file,
            Settings = settings,
            Endpoints = [.. ReadEndpoints(file, path, warnings), .. InternalEndpoint(settings.Internal)],
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

    private ServiceSettings ReadSettings(
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

        if (settings.Node.HoconFolder is { } hocon)
        {
            var isFromFile = string.Equals(sources.OriginOf("node:hoconFolder"), path, StringComparison.Ordinal);
            settings.Node.HoconFolder = Path.GetFullPath(hocon, isFromFile ? FolderOf(path!) : workingDirectory);
        }

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

        return settings;
    }

    private IEnumerable<ListenEndpoint> ReadEndpoints(ConfigFile file, string? path, List<string> warnings)
    {
        if (file.Http is { } http)
            yield return new ListenEndpoint(http, Resolve(http), Certificate: null);

        if (file.Https is { } https)
        {
            var certificate = path is null
                ? SelfSignedCertificate.Create(time.GetUtcNow())
                : PemCertificate.Load(https, FolderOf(path));
            if (certificate.RanOutBy(time.GetUtcNow()))
            {
                warnings.Add(
                    $"{https.Endpoint.Origin}.ssl_cert_file: the certificate ran out on {certificate.Leaf.NotAfter:yyyy-MM-dd}; " +
                    "browsers refuse it until it is renewed.");
            }

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
