using System.Buffers.Text;
using System.Security.Cryptography;
using Signaling.Actors.Protocol;
using Signaling.Client;

namespace Signaling.Load.Modes;

/// <summary>What peers do before they talk.</summary>
internal static class Steps
{
    /// <summary>What those who connect call their link.</summary>
    public const short GuestsId = 1;

    private const int AddressBytes = 18;

    /// <summary>An address that nobody else has.</summary>
    public static string NewAddress() => $"load {Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(AddressBytes))}";

    /// <summary>Reserves an address.</summary>
    public static async Task ListenAsync(Peer peer, string address, CancellationToken late)
    {
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address), late);
        var answer = await peer.ReceiveAsync(late);
        if (answer.Span is [(byte)EventType.ServerInitFailed, ..])
            throw new PeerException("the service denied an address (4)", "see /health/ready and the log of each node, and in a conference that the app has address_sharing");
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address), answer);
    }

    /// <summary>Opens a link to who holds an address.</summary>
    /// <returns>What the holder calls it.</returns>
    public static async Task<short> ConnectAsync(Peer guest, Peer holder, string address, CancellationToken late)
    {
        await guest.SendAsync(Frame.Of(EventType.NewConnection, GuestsId, address), late);
        var answer = await guest.ReceiveAsync(late);
        if (answer.Span is [(byte)EventType.ConnectionFailed, ..])
            throw new PeerException("a connect failed (7)", "see that all URLs lead to one app of one cluster: each node's /node lists its members");
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, GuestsId), answer);
        return await AwaitGuestAsync(holder, late);
    }

    /// <summary>Waits for a link that another peer opens.</summary>
    /// <returns>What this one calls it.</returns>
    public static async Task<short> AwaitGuestAsync(Peer holder, CancellationToken late)
    {
        var opened = await holder.ReceiveAsync(late);
        var id = FrameHeader.TryRead(opened.Span, out var header) ? header.Id : FrameHeader.NoId;
        Obstacles.ThrowUnlessEqual(Frame.Of(EventType.NewConnection, id), opened);
        return id;
    }
}
