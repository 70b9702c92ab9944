namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>What a tried call is made with.</summary>
/// <param name="Called">Where the peer connects that is called.</param>
/// <param name="Caller">Where the peer connects that calls.</param>
/// <param name="UserToken">The user token of both; null: none.</param>
/// <param name="Timeout">How long all of it may take.</param>
/// <param name="IsInsecure">Whether any certificate will do.</param>
internal sealed record TryCallPlan(Uri Called, Uri Caller, string? UserToken, TimeSpan Timeout, bool IsInsecure);
