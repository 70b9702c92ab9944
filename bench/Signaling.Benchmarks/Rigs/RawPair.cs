using Signaling.Actors.Protocol;

namespace Signaling.Benchmarks.Rigs;

/// <summary>Two peers on real sockets, linked by a running service.</summary>
public sealed class RawPair : IDisposable
{
    private const short GuestsId = 1;

    private readonly RawPeer _holder;
    private readonly RawPeer _guest;
    private readonly byte[] _fromHolder;
    private readonly byte[] _fromGuest;
    private readonly int _length;
    private readonly int _messages;

    /// <summary>Links them.</summary>
    /// <param name="app">The app's URL.</param>
    /// <param name="address">An address that nobody else has.</param>
    /// <param name="size">Bytes of data in a message.</param>
    /// <param name="messages">How many travel at once.</param>
    public RawPair(Uri app, string address, int size, int messages)
    {
        (_holder, _guest) = (new RawPeer(app), new RawPeer(app));
        _holder.Send(RawPeer.FrameOf(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address)));
        Expect(EventType.ServerInitialized, _holder.Receive());
        _guest.Send(RawPeer.FrameOf(Frame.Of(EventType.NewConnection, GuestsId, address)));
        Expect(EventType.NewConnection, _guest.Receive());
        var opened = _holder.Receive();
        Expect(EventType.NewConnection, opened);
        FrameHeader.TryRead(opened, out var header);

        (_length, _messages) = (FrameHeader.DataOffset + size, messages);
        _fromHolder = Many(Frame.Of(EventType.ReliableMessageReceived, header.Id, new byte[size]), messages);
        _fromGuest = Many(Frame.Of(EventType.ReliableMessageReceived, GuestsId, new byte[size]), messages);
    }

    /// <summary>Messages that one call of each of the four sends, and takes.</summary>
    public int Messages => _messages;

    /// <summary>The guest says something.</summary>
    public void GuestSays() => _guest.Send(_fromGuest);

    /// <summary>The holder hears it.</summary>
    public void HolderHears() => _holder.Drop(_messages, _length);

    /// <summary>The holder says something.</summary>
    public void HolderSays() => _holder.Send(_fromHolder);

    /// <summary>The guest hears it.</summary>
    public void GuestHears() => _guest.Drop(_messages, _length);

    /// <summary>Drops both sockets.</summary>
    public void Dispose()
    {
        _holder.Dispose();
        _guest.Dispose();
    }

    private static void Expect(EventType type, byte[] message)
    {
        if (message[0] != (byte)type)
            throw new InvalidOperationException($"{Convert.ToHexString(message)} came, not a message of type {type}.");
    }

    private static byte[] Many(byte[] message, int count)
    {
        var frame = RawPeer.FrameOf(message);
        return [.. Enumerable.Range(0, count).SelectMany(_ => frame)];
    }
}
