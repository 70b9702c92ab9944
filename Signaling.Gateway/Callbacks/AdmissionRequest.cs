using Signaling.Actors.Protocol;

namespace Signaling.Gateway.Callbacks;

/// <summary>What a peer asks for.</summary>
/// <param name="Type"><c>listen</c> or <c>connect</c>.</param>
/// <param name="Address">The address, as the peer has said it.</param>
internal readonly record struct AdmissionRequest(string Type, string Address)
{
    /// <summary>That of a message; null: it asks for no address.</summary>
    public static AdmissionRequest? Of(byte[] message)
    {
        if (message is not [(byte)EventType.ServerInitialized or (byte)EventType.NewConnection, ..]
            || !FrameHeader.TryRead(message, out var header) || header.DataType != EventDataType.String)
        {
            return null;
        }

        return new AdmissionRequest(header.Type == EventType.NewConnection ? "connect" : "listen", Frame.ReadString(message, header));
    }
}
