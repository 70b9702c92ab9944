using Microsoft.Net.Http.Headers;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Tokens;

/// <summary>Whether a request comes from who has the admin token. Who guesses is throttled, and then not told when the guess is right.</summary>
internal sealed class AdminCheck(AdminTokens admins, FailedAttempts failures, TokenMetrics metrics)
{
    private const FailedAttempts.Kind Kind = FailedAttempts.Kind.Registration;

    /// <summary>After how long a client that is throttled has one more attempt.</summary>
    public TimeSpan Interval => failures.Interval;

    /// <summary>Looks at a request's <c>Authorization</c>, and counts it where it is wrong.</summary>
    public AdminVerdict Of(HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress;
        if (!admins.IsActive)
            return AdminVerdict.Wrong;
        if (failures.IsThrottled(Kind, client))
        {
            metrics.Throttled(Kind);
            return AdminVerdict.Throttled;
        }

        if (admins.AreIn(context.Request))
            return AdminVerdict.Admin;
        if (!context.Request.Headers.ContainsKey(HeaderNames.Authorization))
            return AdminVerdict.Missing;

        failures.Count(Kind, client);
        metrics.Refused(TokenFault.NotAdmin);
        return AdminVerdict.Wrong;
    }
}

/// <summary>What a request shows of the admin token.</summary>
internal enum AdminVerdict
{
    /// <summary>It has it.</summary>
    Admin,

    /// <summary>It has none: it has not guessed.</summary>
    Missing,

    /// <summary>It has another, or none is set.</summary>
    Wrong,

    /// <summary>Too many wrong ones have come from its address; this one was not looked at.</summary>
    Throttled,
}
