using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors;

/// <summary>A message with all it holds, as text: what tests compare and what they show where it differs.</summary>
internal static class MessageText
{
    public static string Of(object message) => message switch
    {
        Parcel parcel => $"Parcel {{ {parcel.Node}, {parcel.Number}, {Of(parcel.Letter)} }}",
        Granted granted => $"{granted with { Earlier = [] }} after [{string.Join(", ", granted.Earlier)}]",
        LinkFrame frame => $"{frame} of {Convert.ToHexString(frame.Data.Span)}",
        _ => message.ToString()!,
    };
}
