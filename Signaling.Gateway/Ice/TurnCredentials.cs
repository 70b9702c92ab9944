using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Gateway.Ice;

/// <summary>
/// A user name and a password for a TURN server that are good for some time: the name says until when, and the password shows that who
/// made it knows the secret (draft-uberti-behave-turn-rest-00, as coturn, eturnal and others have it).
/// </summary>
/// <param name="Username">The second since 1970 until which they are good, a colon, and whose they are.</param>
/// <param name="Password">HMAC-SHA-1 of the user name by the secret, in base64.</param>
internal sealed record TurnCredentials(string Username, string Password)
{
    /// <summary>Makes them.</summary>
    /// <param name="secret">The secret, which the TURN server has too.</param>
    /// <param name="until">Until when they are good.</param>
    /// <param name="user">Whose they are, for the TURN server's log and its quotas.</param>
    [SuppressMessage("Security", "CA5350", Justification = "TURN servers compute it so. An HMAC does not need a hash without collisions.")]
    public static TurnCredentials Make(ReadOnlySpan<byte> secret, DateTimeOffset until, string user)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()}:{user}");
        return new TurnCredentials(name, Convert.ToBase64String(HMACSHA1.HashData(secret, Encoding.UTF8.GetBytes(name))));
    }

    /// <summary>Never shows the password.</summary>
    public override string ToString() => Username;
}
