using System.Net;
using System.Security.Cryptography;
using System.Text;
using Signaling.Gateway.Logging;

namespace Signaling.Gateway.Admin;

/// <summary>
/// Says who has had the service do what, under the category <c>Signaling.Audit</c>, which a log can be sorted by. A token is told
/// by the beginning of its hash alone. Event ids 2040 to 2049.
/// </summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>The category.</summary>
    public const string Category = "Signaling.Audit";

    private const int HashShown = 4; // bytes: enough to tell tokens apart, too few to be one

    private readonly ILogger _logger = loggers.CreateLogger(Category);
    private readonly Repeats _repeats = new(time);

    /// <summary>A user token was to be registered by somebody who may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="userToken">The token.</param>
    /// <param name="seconds">How long it is to be good for.</param>
    /// <param name="outcome">What has become of it.</param>
    public void Registered(HttpContext context, string userToken, double seconds, string outcome) =>
        Registered(_logger, ClientOf(context), HashOf(userToken), seconds, outcome);

    /// <summary>Somebody may not. Of one client there is a line in five minutes for each act.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">What it wanted.</param>
    /// <param name="reason">Why it may not.</param>
    public void Refused(HttpContext context, string act, string reason)
    {
        if (_repeats.IsDue($"{AddressOf(context)} {act}", out var more))
            Refused(_logger, ClientOf(context), act, reason, more);
    }

    /// <summary>Somebody who may has the node drained.</summary>
    public void DrainBegun(HttpContext context) => DrainBegun(_logger, ClientOf(context));

    /// <summary>That is done.</summary>
    public void DrainDone(HttpContext context) => DrainDone(_logger, ClientOf(context));

    /// <summary>Somebody who may has had the cluster do something.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">What, as <c>closed the address ...</c>.</param>
    public void Acted(HttpContext context, string act) => Acted(_logger, ClientOf(context), act);

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, HashShown));

    private static string ClientOf(HttpContext context) =>
        AddressOf(context) is { } address ? new IPEndPoint(address, context.Connection.RemotePort).ToString() : "somebody";

    private static IPAddress? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.Plain();

    [LoggerMessage(2040, LogLevel.Information, "{Client} has registered the user token with hash {Hash}... for {Seconds} s: {Outcome}.")]
    private static partial void Registered(ILogger logger, string client, string hash, double seconds, string outcome);

    [LoggerMessage(2041, LogLevel.Warning, "{Client} may not {Act}: {Reason}.{More}")]
    private static partial void Refused(ILogger logger, string client, string act, string reason, string more);

    [LoggerMessage(2042, LogLevel.Information, "{Client} has the node drained.")]
    private static partial void DrainBegun(ILogger logger, string client);

    [LoggerMessage(2044, LogLevel.Information, "{Client} has {Act}.")]
    private static partial void Acted(ILogger logger, string client, string act);

    [LoggerMessage(2043, LogLevel.Information, "The node is drained, as {Client} wanted.")]
    private static partial void DrainDone(ILogger logger, string client);
}
