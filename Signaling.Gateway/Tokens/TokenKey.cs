using Microsoft.IdentityModel.Tokens;

namespace Signaling.Gateway.Tokens;

/// <summary>A key that user tokens are signed with.</summary>
/// <param name="Algorithm">The only algorithm that it is for.</param>
/// <param name="Id">What tokens call it; null: it has no name, so any token may be meant.</param>
/// <param name="Key">The key itself.</param>
internal sealed record TokenKey(string Algorithm, string? Id, SecurityKey Key)
{
    public const string Hs256 = SecurityAlgorithms.HmacSha256;

    public const string Rs256 = SecurityAlgorithms.RsaSha256;

    public const string Es256 = SecurityAlgorithms.EcdsaSha256;

    /// <summary>Whether a token that says this may be signed with it.</summary>
    public bool MaySign(string algorithm, string? id) =>
        string.Equals(Algorithm, algorithm, StringComparison.Ordinal) && (id is null || Id is null || string.Equals(Id, id, StringComparison.Ordinal));
}
