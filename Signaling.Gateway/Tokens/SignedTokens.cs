using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// The user tokens that somebody else has signed. A node knows by itself whether one is good: nothing of it is kept, and no other node
/// is asked.
/// </summary>
internal sealed class SignedTokens(TokenKeyFiles files, FetchedKeys fetched, IOptions<SignalingOptions> options, TimeProvider time)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private readonly SignedTokenOptions _options = options.Value.Tokens.Signed;

    /// <summary>Whether any are taken.</summary>
    public bool IsActive => _options.IsActive;

    /// <summary>Looks at a token, by the keys of this moment.</summary>
    public async ValueTask<SignedVerdict> CheckAsync(string token)
    {
        if (!SignedTokenText.TryRead(token, out var text))
            return TokenFault.Malformed;
        if (text.Algorithm is not (TokenKey.Hs256 or TokenKey.Rs256 or TokenKey.Es256))
            return TokenFault.Algorithm;

        var mayCome = fetched.IsActive && text.Algorithm is not TokenKey.Hs256;
        var isThere = mayCome || files.Keys.Any(key => key.MaySign(text.Algorithm, id: null));
        var fault = isThere ? TokenFault.UnknownKey : TokenFault.Algorithm;
        foreach (var key in files.Keys.Concat(fetched.Keys).Where(key => key.MaySign(text.Algorithm, text.KeyId)))
        {
            var found = await FaultOfAsync(token, key);
            if (found is null)
                return Judge(token, text);
            if (found != TokenFault.Signature)
                return found.Value;

            // While others may come, a key without a name does not say that the named one is known.
            if (key.Id is not null || !mayCome)
                fault = TokenFault.Signature;
        }

        return fault;
    }

    /// <summary>Asks for new keys, after a token with an unknown one.</summary>
    public Task RefreshKeysAsync(CancellationToken cancellation) => fetched.RefreshAsync().WaitAsync(cancellation);

    private async ValueTask<TokenFault?> FaultOfAsync(string token, TokenKey key)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [key.Algorithm],
            IssuerSigningKeyResolver = (_, _, _, _) => [key.Key], // whatever name the token gives it
            RequireSignedTokens = true,
            ValidateIssuer = _options.Issuer is not null,
            ValidIssuer = _options.Issuer,
            ValidateAudience = _options.Audience is not null,
            ValidAudience = _options.Audience,
            ValidateLifetime = false, // by the node's own clock, below
        });
        if (result.IsValid)
            return null;

        return result.Exception switch
        {
            SecurityTokenInvalidIssuerException => TokenFault.Issuer,
            SecurityTokenInvalidAudienceException => TokenFault.Audience,
            _ => TokenFault.Signature,
        };
    }

    /// <summary>Whether a token that is truly signed is good now, and what for.</summary>
    private SignedVerdict Judge(string token, SignedTokenText text)
    {
        var (now, skew) = (time.GetUtcNow(), _options.ClockSkew);
        if (text.Expires is not { } expires)
            return TokenFault.NoExpiry;
        if (now - skew >= expires)
            return TokenFault.Expired;
        if (text.NotBefore - skew > now || text.IssuedAt - skew > now)
            return TokenFault.NotYetValid;
        if (_options.LongestLife is { } longest && !(expires - text.IssuedAt <= longest))
            return TokenFault.LongLife;
        if (text.Grant is not { } grant)
            return TokenFault.Grant;

        var owner = text.Subject is { } subject ? TokenOwner.Of(text.Issuer, subject) : TokenOwner.Of(token);
        return new SignedVerdict(grant with { Rights = grant.Rights with { Owner = owner } }, expires + skew);
    }
}

/// <summary>What is thought of a signed token.</summary>
/// <param name="Grant">What it grants; null: nothing.</param>
/// <param name="Until">Until when it is good.</param>
/// <param name="Fault">Why it is not, where it grants nothing.</param>
internal readonly record struct SignedVerdict(TokenGrant? Grant, DateTimeOffset Until, TokenFault Fault = default)
{
    public static implicit operator SignedVerdict(TokenFault fault) => new(Grant: null, default, fault);
}
