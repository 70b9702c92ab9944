using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// The STUN and TURN servers that peers are told of: <c>signaling.ice</c>. Passwords for TURN are made for each who asks, by a secret
/// that the TURN server knows too (coturn's <c>use-auth-secret</c>, draft-uberti-behave-turn-rest-00).
/// </summary>
public sealed class IceOptions
{
    /// <summary>STUN servers, as <c>stun:stun.example.com:3478</c> (RFC 7064).</summary>
    [IceUrl("stun", "stuns")]
    public IList<string> StunUrls { get; init; } = [];

    /// <summary>TURN servers, as <c>turn:turn.example.com:3478?transport=udp</c> (RFC 7065).</summary>
    [IceUrl("turn", "turns")]
    public IList<string> TurnUrls { get; init; } = [];

    /// <summary>
    /// The file with the secret that passwords are made by, which is read again while the node runs. Needed where there are TURN servers.
    /// </summary>
    public string? SecretFile { get; set; }

    /// <summary>How long a password is good for. A relayed call goes on beyond it for as long as coturn lets an allocation be refreshed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "2.00:00:00")]
    public TimeSpan Ttl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether there is anything to tell.</summary>
    internal bool IsSet => StunUrls.Count > 0 || TurnUrls.Count > 0;
}
