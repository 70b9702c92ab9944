namespace Signaling.Gateway.Tokens;

/// <summary>What the log says of tokens and their keys, never a token itself. Event ids 2040 to 2049.</summary>
internal static partial class TokenLog
{
    [LoggerMessage(2040, LogLevel.Debug, "A token from {Client} is refused: {Fault}.")]
    public static partial void Refused(ILogger logger, string client, TokenFault fault);

    [LoggerMessage(2041, LogLevel.Information, "{Setting} is {Path}, which has changed and is read again.")]
    public static partial void Reread(ILogger logger, string setting, string path);

    [LoggerMessage(2042, LogLevel.Error, "{Sentence} What it held before goes on.")]
    public static partial void NotReread(ILogger logger, string sentence);

    [LoggerMessage(2043, LogLevel.Information, "{Count} keys of signed tokens have come from {Url}.")]
    public static partial void Fetched(ILogger logger, int count, string url);

    [LoggerMessage(2044, LogLevel.Warning, "No keys of signed tokens have come from {Url}: {Why}. The {Count} of before go on.")]
    public static partial void NotFetched(ILogger logger, string url, string why, int count);
}
