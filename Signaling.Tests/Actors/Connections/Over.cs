using Signaling.Actors.Messages;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What travels over a link between a test's connection and the other.</summary>
internal static class Over
{
    /// <summary>What the connection sends by way of the address.</summary>
    public static Told Sends(LinkName link, long number, byte[] frame) => new(Relay, FrameOf(link, number, frame));

    public static LinkFrame FrameOf(LinkName link, long number, byte[] frame) => new(link, Self, Other, number, frame, More: false);

    public static LinkEnd EndOf(LinkName link, long number) => new(link, Self, Other, number);

    public static LinkGone GoneOf(LinkName link) => new(link, Self, Other);

    public static Told Says(LinkName link, long received, long written = 0, bool full = false) =>
        new(Other, new LinkAck(link, Self, Other, received, written, full));

    /// <summary>What the other sends.</summary>
    public static LinkFrame FrameFromOther(LinkName link, long number, byte[] frame) => new(link, Other, Self, number, frame, More: false);

    public static LinkEnd EndFromOther(LinkName link, long number) => new(link, Other, Self, number);

    public static LinkGone GoneFromOther(LinkName link) => new(link, Other, Self);

    public static LinkAck AckFromOther(LinkName link, long received, long written = 0, bool full = false) =>
        new(link, Other, Self, received, written, full);
}
