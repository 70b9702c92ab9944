using System.Globalization;
using System.Text;
using System.Text.Json;
using Signaling.Gateway.Ice;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>What a node has handed out for the TURN servers of an app.</summary>
internal sealed record TurnPassword(string User, string Password)
{
    /// <summary>Asks a node for one.</summary>
    public static async Task<TurnPassword> AskAsync(HttpClient client, Uri node, string app)
    {
        using var json = JsonDocument.Parse(await client.GetStringAsync(new Uri(node, $"/api/ice?app={app}")));
        var server = json.RootElement.GetProperty("iceServers").EnumerateArray().Single(one => one.TryGetProperty("username", out _));
        return new TurnPassword(server.GetProperty("username").GetString()!, server.GetProperty("credential").GetString()!);
    }

    /// <summary>Whether it was made by a secret.</summary>
    public bool IsBy(string secret)
    {
        var parts = User.Split(':');
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return string.Equals(TurnCredentials.Make(Encoding.UTF8.GetBytes(secret), until, parts[1]).Password, Password, StringComparison.Ordinal);
    }
}
