using System.Text.Json;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// What a signed token grants, by its claim <c>signaling</c>: an object with <c>apps</c>, <c>addresses</c>, <c>listen</c>, <c>connect</c>
/// and <c>links</c>. What it doesn't name is granted whole; what can't be read grants nothing at all.
/// </summary>
/// <param name="Apps">The paths of the apps; null: all.</param>
/// <param name="Rights">What its peer may do in them.</param>
internal sealed record TokenGrant(IReadOnlyList<string>? Apps, PeerRights Rights)
{
    /// <summary>The claim's name.</summary>
    public const string Claim = "signaling";

    private const int MostTexts = 64;
    private const int LongestPattern = 512;

    /// <summary>That of a token without the claim.</summary>
    public static TokenGrant All { get; } = new(Apps: null, PeerRights.All);

    /// <summary>Reads the claim.</summary>
    /// <returns>Null: it can't be read.</returns>
    public static TokenGrant? Read(JsonElement claim)
    {
        if (claim.ValueKind != JsonValueKind.Object)
            return null;

        var grant = All;
        foreach (var one in claim.EnumerateObject())
        {
            // A name that is not known may be one that is misspelt, and would have left something out.
            var next = one.Name switch
            {
                "apps" => Texts(one.Value) is { } apps ? grant with { Apps = apps } : null,
                "addresses" => Texts(one.Value) is { } patterns ? grant.With(grant.Rights with { Addresses = new AddressPattern(patterns) }) : null,
                "listen" => Bool(one.Value) is { } listen ? grant.With(grant.Rights with { MayListen = listen }) : null,
                "connect" => Bool(one.Value) is { } connect ? grant.With(grant.Rights with { MayConnect = connect }) : null,
                "links" => Count(one.Value) is { } links ? grant.With(grant.Rights with { MostLinks = links }) : null,
                _ => null,
            };
            if (next is null)
                return null;
            grant = next;
        }

        return grant;
    }

    /// <summary>Whether it is for an app.</summary>
    public bool IsFor(string path) => Apps?.Contains(path, StringComparer.Ordinal) is not false;

    private TokenGrant With(PeerRights rights) => this with { Rights = rights };

    private static bool? Bool(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static int? Count(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : null;

    private static string[]? Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() <= MostTexts
        && value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String && text.GetString()!.Length <= LongestPattern)
            ? [.. value.EnumerateArray().Select(text => text.GetString()!)]
            : null;
}
