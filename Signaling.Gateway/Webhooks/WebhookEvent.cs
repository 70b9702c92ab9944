using System.Text.Json.Serialization;
using Signaling.Actors.Connections;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Webhooks;

/// <summary>What a peer has done, for somebody else's program.</summary>
/// <param name="Type">What: <c>address.reserved</c>, <c>address.released</c>, <c>link.opened</c>, <c>link.closed</c>.</param>
/// <param name="At">When.</param>
/// <param name="App">The app's path.</param>
/// <param name="Address">The address' key: SHA-256 over the app's path in UTF-8, a zero byte and the address in UTF-16LE, its first 16 bytes as base64url.</param>
/// <param name="Peer">The peer, as <c>node:number</c>.</param>
/// <param name="Other">The peer at the link's other end.</param>
/// <param name="Link">The link's name, the same at both ends.</param>
/// <param name="Reason">Why it is over.</param>
internal sealed record WebhookEvent(
    string Type,
    DateTimeOffset At,
    string App,
    string Address,
    string Peer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Other,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Link,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    /// <summary>That of a step; null: nobody is told of it.</summary>
    public static WebhookEvent? Of(in PeerStep step, string app, DateTimeOffset at)
    {
        var (type, isOver) = step.Kind switch
        {
            StepKind.Listening => ("address.reserved", false),
            StepKind.ListenEnded => ("address.released", true),
            StepKind.LinkOpened => ("link.opened", false),
            StepKind.LinkClosed => ("link.closed", true),
            _ => (null, false),
        };
        return type is null ? null : new WebhookEvent(
            type,
            at,
            app,
            step.Key!,
            PeerName.Of(step.Peer).ToString(),
            step.Other is { } other ? PeerName.Of(other).ToString() : null,
            step.Link is { } link ? TraceStep.Called(link) : null,
            isOver ? step.Reason.ToString() : null);
    }
}
