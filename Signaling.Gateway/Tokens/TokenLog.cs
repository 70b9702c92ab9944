namespace Signaling.Gateway.Tokens;

/// <summary>What the log says of tokens and their keys, never a token itself. Event ids 2020 to 2029, which it shares with <see cref="Rereading.RereadWatch"/>.</summary>
internal static partial class TokenLog
{
    [LoggerMessage(2020, LogLevel.Debug, "A token from {Client} is refused: {Fault}.")]
    public static partial void Refused(ILogger logger, string client, TokenFault fault);

    [LoggerMessage(2023, LogLevel.Information, "{Count} keys of signed tokens have come from {Url}.")]
    public static partial void Fetched(ILogger logger, int count, string url);

    [LoggerMessage(2024, LogLevel.Warning, "No keys of signed tokens have come from {Url}: {Why}. The {Count} of before go on.")]
    public static partial void NotFetched(ILogger logger, string url, string why, int count);
}
