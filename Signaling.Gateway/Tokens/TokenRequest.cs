using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Signaling.Gateway.Tokens;

/// <summary>The body of a token's registration: <c>{"userToken": "...", "timeout": seconds}</c>.</summary>
/// <param name="UserToken">The token, any text.</param>
/// <param name="Seconds">How long it is good for.</param>
internal sealed record TokenRequest(string UserToken, double Seconds)
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="request">What was read.</param>
    /// <param name="error">What was wrong, and what is allowed.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out TokenRequest? request,
        [NotNullWhen(false)] out string? error)
    {
        request = null;
        try
        {
            using var json = JsonDocument.Parse(body);
            error = Read(json.RootElement, out request);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            error = "Bad Request: the body is not JSON.";
        }

        return request is not null;
    }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"TokenRequest {{ {Seconds} s }}";

    private static string? Read(JsonElement root, out TokenRequest? request)
    {
        request = null;
        if (root.ValueKind != JsonValueKind.Object)
            return "Bad Request: the body has to be an object with \"userToken\" and \"timeout\".";
        if (!root.TryGetProperty("userToken", out var token) || token.ValueKind != JsonValueKind.String)
            return "Bad Request: \"userToken\" has to be a string.";
        if (TextOf(token) is not { } userToken)
            return "Bad Request: \"userToken\" has half a character: a lone surrogate, which no peer could send.";
        if (!root.TryGetProperty("timeout", out var timeout) || timeout.ValueKind != JsonValueKind.Number || timeout.GetDouble() < 0)
            return "Bad Request: \"timeout\" has to be a number of seconds, 0 or more.";

        request = new TokenRequest(userToken, timeout.GetDouble());
        return null;
    }

    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
