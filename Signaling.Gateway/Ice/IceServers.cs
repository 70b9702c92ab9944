using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Ice;

/// <summary>The STUN and TURN servers of each app, and passwords for them.</summary>
internal sealed class IceServers
{
    private readonly FrozenDictionary<string, Servers> _apps;
    private readonly TimeProvider _time;

    public IceServers(IOptions<SignalingOptions> options, TimeProvider time)
    {
        _time = time;
        var common = Of(options.Value.Ice, "signaling.ice");
        _apps = options.Value.Apps
            .GroupBy(app => app.Path, StringComparer.Ordinal)
            .ToFrozenDictionary(same => same.Key, same => same.Last() is { Ice: { } own } app ? Of(own, $"signaling.apps.{app.Name}.ice") : common, StringComparer.Ordinal);

        Servers Of(IceOptions ice, string origin)
        {
            var secret = ReadSecret(ice, origin);
            if (secret is not null)
                Files.Add(secret);
            return new Servers(ice, secret);
        }
    }

    /// <summary>The files of their secrets, which are to be read again.</summary>
    public List<IReread> Files { get; } = [];

    /// <summary>Reads the secret of some servers.</summary>
    /// <param name="ice">The servers.</param>
    /// <param name="origin">What stands before the name of a setting in messages.</param>
    /// <returns>Null: they need none.</returns>
    /// <exception cref="StartupException">There is none in its file, or one is needed and no file is named.</exception>
    public static RereadFiles<byte[]>? ReadSecret(IceOptions ice, string origin)
    {
        if (ice.TurnUrls.Count == 0)
            return null;
        if (ice.SecretFile is not { } path)
        {
            throw new StartupException(
                $"{origin}.turnUrls has TURN servers, and {origin}.secretFile is not set; name the file with the secret that they share with this service.");
        }

        return new RereadFiles<byte[]>(
            new NamedFile($"{origin}.secretFile", path), (file, text) => Encoding.UTF8.GetBytes(SecretFile.Read(file, text, "the TURN servers' secret")));
    }

    /// <summary>Whether an app of a path is served.</summary>
    public bool Knows(string app) => _apps.ContainsKey(app);

    /// <summary>The servers of an app, with a password that is made now.</summary>
    /// <param name="app">The app's path.</param>
    /// <param name="owner">Who asks, if that is known: the TURN server counts by it.</param>
    public IceAnswer Make(string app, Owner owner)
    {
        var (ice, secret) = _apps[app];
        var servers = new List<IceServer>();
        if (ice.StunUrls.Count > 0)
            servers.Add(new IceServer(ice.StunUrls));
        if (secret is not null)
        {
            var credentials = TurnCredentials.Make(secret.Value, _time.GetUtcNow() + ice.Ttl, UserOf(owner));
            servers.Add(new IceServer(ice.TurnUrls, credentials.Username, credentials.Password));
        }

        return new IceAnswer(servers, (long)ice.Ttl.TotalSeconds);
    }

    private static string UserOf(Owner owner) => owner == default
        ? RandomNumberGenerator.GetHexString(16, lowercase: true)
        : string.Create(CultureInfo.InvariantCulture, $"{owner.High:x16}");

    private readonly record struct Servers(IceOptions Ice, RereadFiles<byte[]>? Secret);
}

/// <summary>What a peer is told.</summary>
/// <param name="IceServers">As <c>RTCConfiguration.iceServers</c> takes them.</param>
/// <param name="Ttl">For how many seconds the passwords are good.</param>
internal sealed record IceAnswer(IReadOnlyList<IceServer> IceServers, long Ttl);

/// <summary>As <c>RTCIceServer</c>.</summary>
/// <param name="Urls">Where it is.</param>
/// <param name="Username">For TURN.</param>
/// <param name="Credential">For TURN: the password.</param>
internal sealed record IceServer(IList<string> Urls, string? Username = null, string? Credential = null);
