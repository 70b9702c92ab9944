using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Protocol;

/// <summary>A message of the wire protocol and its bytes, which unmodified clients depend on.</summary>
public sealed record GoldenFrame(string Name, EventType Type, short Id, object? Data, string Hex)
{
    public byte[] Bytes => Convert.FromHexString(Hex.Replace(" ", "", StringComparison.Ordinal));

    public override string ToString() => Name;
}

/// <summary>Every event that the server sends and every event that peers send, but for the two without a header.</summary>
public static class GoldenFrames
{
    private const short None = FrameHeader.NoId;

    public static TheoryData<GoldenFrame> All { get; } =
    [
        new("server: address reserved", EventType.ServerInitialized, None, "room", "03 02 FFFF 04000000 7200 6F00 6F00 6D00"),
        new("server: empty address reserved", EventType.ServerInitialized, None, "", "03 02 FFFF 00000000"),
        new("server: address denied", EventType.ServerInitFailed, None, "room", "04 02 FFFF 04000000 7200 6F00 6F00 6D00"),
        new("server: address released", EventType.ServerClosed, None, null, "05 00 FFFF"),
        new("server: first guest", EventType.NewConnection, 16384, null, "06 00 0040"),
        new("server: last positive id", EventType.NewConnection, short.MaxValue, null, "06 00 FF7F"),
        new("server: id beyond the positive ones", EventType.NewConnection, short.MinValue, null, "06 00 0080"),
        new("server: connect failed", EventType.ConnectionFailed, 5, null, "07 00 0500"),
        new("server: link closed", EventType.Disconnected, 16384, null, "08 00 0040"),
        new("peer: reserve", EventType.ServerInitialized, None, "äπ", "03 02 FFFF 02000000 E400 C003"),
        new("peer: reserve an emoji", EventType.ServerInitialized, None, "\U0001F600", "03 02 FFFF 02000000 3DD8 00DE"),
        new("peer: reserve a lone surrogate and NUL", EventType.ServerInitialized, None, "\ud800\0", "03 02 FFFF 02000000 00D8 0000"),
        new("peer: release", EventType.ServerClosed, None, null, "05 00 FFFF"),
        new("peer: connect", EventType.NewConnection, 1, "a", "06 02 0100 01000000 6100"),
        new("peer: unreliable data", EventType.UnreliableMessageReceived, 16384, new byte[] { 1, 2, 255 }, "01 01 0040 03000000 0102FF"),
        new("peer: reliable data", EventType.ReliableMessageReceived, 0, new byte[] { 0 }, "02 01 0000 01000000 00"),
        new("peer: no bytes", EventType.ReliableMessageReceived, 0, Array.Empty<byte>(), "02 01 0000 00000000"),
        new("peer: text", EventType.ReliableMessageReceived, -2, "hi", "02 02 FEFF 02000000 6800 6900"),
        new("peer: unreliable text", EventType.UnreliableMessageReceived, 2, "x", "01 02 0200 01000000 7800"),
        new("peer: data of no kind", EventType.ReliableMessageReceived, 3, null, "02 00 0300"),
        new("peer: close a link", EventType.Disconnected, 258, null, "08 00 0201"),
    ];
}
