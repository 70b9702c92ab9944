using Signaling.Actors.Protocol;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What peers send.</summary>
internal static class Peer
{
    public static byte[] Reserve(string address) => Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address);

    public static byte[] Release() => Frame.Of(EventType.ServerClosed, FrameHeader.NoId);

    public static byte[] Connect(short id, string address) => Frame.Of(EventType.NewConnection, id, address);

    public static byte[] Send(short id, params byte[] data) => Frame.Of(EventType.ReliableMessageReceived, id, data);

    public static byte[] Disconnect(short id) => Frame.Of(EventType.Disconnected, id);

    public static byte[] Heartbeat() => [(byte)EventType.MetaHeartbeat];
}
