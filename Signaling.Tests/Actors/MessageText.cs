using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors;

/// <summary>A message with all it holds, as text: what tests compare and what they show where it differs.</summary>
internal static class MessageText
{
    public static string Of(object message) => message switch
    {
        Bag bag => $"Bag of {List([.. bag.Parcels.Select(Of)])}",
        Parcel parcel => $"Parcel {{ {parcel.Node}, {parcel.Number}, {Of(parcel.Letter)} }}",
        LinkFrame m => $"{m}, to {m.To} of {Convert.ToHexString(m.Data.Span)}",
        Granted m => $"{m with { Earlier = [] }} after {List(m.Earlier)}",
        LeaseQuestion m => $"{m with { Removed = [] }} about {List(m.Removed)}",
        LeaseAnswer m => $"{m with { Expired = [] }} about {List(m.Expired)}",
        RollAnswer m => $"{m with { Standings = [] }} of {List(m.Standings)}",
        BrokenLinks m => $"{m with { Page = [] }} of {List(m.Page)}",
        ConnectionEnded m => $"{m with { Links = [] }} of {List(m.Links)}",
        OperatorQuestion m => $"{m} of {Convert.ToHexString(m.Body.Span)}",
        OperatorAnswer m => $"{m} of {Convert.ToHexString(m.Page.Span)}",
        BrokenLinksTold m => $"BrokenLinksTold of {List(m.Page)}",
        _ => message.ToString()!,
    };

    private static string List<T>(IReadOnlyList<T> items) => $"[{string.Join(", ", items)}]";
}
