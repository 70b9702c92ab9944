using System.Globalization;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sessions;

/// <summary>Says in a sentence what a step was.</summary>
internal static class TraceWords
{
    /// <summary>Says it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="peer">What the peer is called.</param>
    /// <param name="other">What the other end is called.</param>
    /// <param name="holder">What the one is called who held the address then; null: nobody is known.</param>
    public static string Of(TraceStep step, string peer, string? other, string? holder) => step.Kind switch
    {
        StepKind.Listening => $"{peer} listens at the address.",
        StepKind.ListenFailed => $"{peer} asked for the address and did not get it: {WhyNoAddress(step.Reason, holder)}.",
        StepKind.ListenEnded => $"{peer} {WhyNoLonger(step.Reason)}.",
        StepKind.LinkOpened => $"{peer} has a link to {other}.",
        StepKind.ConnectFailed => $"{peer} called, and no link came about: {WhyNoLink(step.Reason)}.",
        StepKind.LinkClosed => $"{peer} {WhyClosed(step.Reason, other)}{After(step.Traffic)}.",
        StepKind.Left => $"{peer} left: {step.Note}.",
        StepKind.TurnedAway => $"A socket of this app was refused: {step.Note}.",
        _ => $"{peer}: {step.Kind}, {step.Reason}.",
    };

    /// <summary>Whether a step is what a caller complains of.</summary>
    public static bool IsFailure(TraceStep step) =>
        step.Kind is StepKind.ListenFailed or StepKind.ConnectFailed or StepKind.TurnedAway
        || (step.Kind == StepKind.LinkClosed && step.Reason is not (StepReason.Asked or StepReason.PeerLeft));

    private static string WhyNoAddress(StepReason reason, string? holder) => reason switch
    {
        StepReason.Taken => holder is null ? "somebody else held it" : $"{holder} held it",
        StepReason.Full => "as many held it as may",
        StepReason.NoRight => "its token does not let it listen there",
        StepReason.NotAdmitted => "the app's own program did not let it",
        StepReason.TooLong => "the address is too long",
        _ => NoAnswer,
    };

    private static string WhyNoLonger(StepReason reason) => reason switch
    {
        StepReason.Asked => "gave the address back",
        StepReason.PeerLeft => "lost the address, for its socket was closed",
        StepReason.TakenOver => "lost the address to another, who took it over",
        _ => "gave the address back, for it asked for another",
    };

    private static string WhyNoLink(StepReason reason) => reason switch
    {
        StepReason.NobodyThere => "nobody listened at the address",
        StepReason.NoRight => "its token does not let it call there",
        StepReason.NotAdmitted => "the app's own program did not let it",
        StepReason.TooManyLinks => "there are as many links as may be",
        StepReason.BadRequest => "the request could not be read, or its id was in use",
        _ => NoAnswer,
    };

    private static string WhyClosed(StepReason reason, string? other) => reason switch
    {
        StepReason.Asked => $"closed its link to {other}",
        StepReason.PeerLeft => $"was gone, and its link to {other} with it",
        StepReason.OtherLeft => $"lost its link to {other}, who closed it or was gone",
        StepReason.NodeLost => $"lost its link to {other}, whose node was lost",
        StepReason.TooSlow => $"lost its link to {other}, who took nothing for too long",
        _ => $"lost its link to {other}, who did not have it any more",
    };

    private static string After(TraceTraffic? traffic)
    {
        if (traffic is null)
            return "";

        var sent = traffic.SentReliable.Messages + traffic.SentUnreliable.Messages;
        var received = traffic.ReceivedReliable.Messages + traffic.ReceivedUnreliable.Messages;
        var heldUp = traffic.HeldUpMs > 0 ? $", held up for {traffic.HeldUpMs} ms" : "";
        return string.Create(CultureInfo.InvariantCulture, $", after {sent} messages to it and {received} from it{heldUp}");
    }

    private const string NoAnswer = "the address did not answer in time, as when its node is lost";
}
