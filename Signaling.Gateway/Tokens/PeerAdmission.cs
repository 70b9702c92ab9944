using System.Net;
using Signaling.Actors.Connections;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Tokens;

/// <summary>Decides by its token whether a peer is let in, and what it may do.</summary>
internal sealed class PeerAdmission(
    AdminTokens admins,
    UserTokens registered,
    SignedTokens signed,
    FailedAttempts failures,
    TokenMetrics metrics,
    ILogger<PeerAdmission> logger)
{
    /// <summary>Decides.</summary>
    /// <param name="token">The peer's token; null: it has none.</param>
    /// <param name="path">The app that it asks for.</param>
    /// <param name="client">Where it comes from.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>Null: it is refused.</returns>
    public async ValueTask<Admission?> AdmitAsync(string? token, string path, IPAddress? client, CancellationToken cancellation)
    {
        if (!admins.IsActive && !signed.IsActive)
            return Admission.ToAll;
        if (token is null)
            return Refuse(TokenFault.Missing, client);

        var (admission, fault) = await LookHereAsync(token, path, cancellation);
        if (admission is not null)
            return admission;

        // What is not known here costs others something. A client that has been wrong too often may cost this node alone.
        if (failures.TryCount(FailedAttempts.Kind.Socket, client))
            (admission, fault) = await LookElsewhereAsync(token, path, fault, cancellation);
        else
            metrics.Throttled(FailedAttempts.Kind.Socket);
        return admission ?? Refuse(fault, client);
    }

    private async ValueTask<(Admission? Admission, TokenFault Fault)> LookHereAsync(string token, string path, CancellationToken cancellation)
    {
        var fault = TokenFault.NotRegistered;
        if (signed.IsActive && (SignedTokenText.IsMeant(token) || !admins.IsActive))
        {
            (var admission, fault) = Judge(await signed.CheckAsync(token), path);
            if (admission is not null)
                return (admission, default);
        }

        return admins.IsActive && await registered.IsKnownHereAsync(token, cancellation) ? (OfRegistered(token), default) : (null, fault);
    }

    private async ValueTask<(Admission? Admission, TokenFault Fault)> LookElsewhereAsync(
        string token, string path, TokenFault fault, CancellationToken cancellation)
    {
        if (fault == TokenFault.UnknownKey)
        {
            await signed.RefreshKeysAsync(cancellation);
            (var admission, fault) = Judge(await signed.CheckAsync(token), path);
            if (admission is not null)
                return (admission, default);
        }

        // It may be on its way here, where this node has just joined.
        return admins.IsActive && await registered.IsKnownElsewhereAsync(token, cancellation) ? (OfRegistered(token), default) : (null, fault);
    }

    private static (Admission? Admission, TokenFault Fault) Judge(SignedVerdict verdict, string path) =>
        verdict.Grant is not { } grant ? (null, verdict.Fault)
        : grant.IsFor(path) ? (new Admission(grant.Rights, verdict.Until), default)
        : (null, TokenFault.App);

    private static Admission OfRegistered(string token) => new(new PeerRights { Owner = TokenOwner.Of(token) }, Until: null);

    private Admission? Refuse(TokenFault fault, IPAddress? client)
    {
        metrics.Refused(fault);
        if (logger.IsEnabled(LogLevel.Debug))
            TokenLog.Refused(logger, ClientAddress.Of(client).ToString(), fault);
        return null;
    }
}

/// <summary>That a peer is let in.</summary>
/// <param name="Rights">What it may do.</param>
/// <param name="Until">Until when its token is good; null: that is not looked at again.</param>
internal readonly record struct Admission(PeerRights Rights, DateTimeOffset? Until)
{
    /// <summary>Where no tokens are asked for.</summary>
    public static Admission ToAll { get; } = new(PeerRights.All, Until: null);
}
