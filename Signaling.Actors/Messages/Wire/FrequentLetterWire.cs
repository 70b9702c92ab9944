namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Frames and acknowledgements, which are nearly all that travels between nodes, written and read without objects in between.
/// The bytes are those of <c>signaling.proto</c>, as of all other letters.
/// </summary>
internal static class FrequentLetterWire
{
    public static void Write(ref WireWriter to, Messages.LinkFrame m)
    {
        to.Int(WireTags.FrameMore, m.More ? 1 : 0);
        to.Bytes(WireTags.FrameData, m.Data.Span);
        to.Int(WireTags.FrameNumber, m.Number);
        WritePart(ref to, m);
    }

    public static void Write(ref WireWriter to, Messages.LinkAck m)
    {
        to.Int(WireTags.AckFull, m.Full ? 1 : 0);
        to.Int(WireTags.AckWritten, m.Written);
        to.Int(WireTags.AckReceived, m.Received);
        WritePart(ref to, m);
    }

    public static Messages.LinkFrame ReadFrame(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (part, number, data, more) = (default(Part), 0L, Memory<byte>.Empty, false);
        while (reader.TryRead(out var tag))
        {
            switch (tag)
            {
                case WireTags.FrameNumber:
                    number = reader.Int();
                    break;
                case WireTags.FrameData:
                    data = reader.Bytes().ToArray(); // its receiver may write into it, and keeps nothing else of the bag
                    break;
                case WireTags.FrameMore:
                    more = reader.Int() != 0;
                    break;
                default:
                    part.Read(ref reader, tag);
                    break;
            }
        }

        return new Messages.LinkFrame(part.NamedLink, part.NamedFrom, part.NamedTo, number, data, more);
    }

    public static Messages.LinkAck ReadAck(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (part, received, written, full) = (default(Part), 0L, 0L, false);
        while (reader.TryRead(out var tag))
        {
            switch (tag)
            {
                case WireTags.AckReceived:
                    received = reader.Int();
                    break;
                case WireTags.AckWritten:
                    written = reader.Int();
                    break;
                case WireTags.AckFull:
                    full = reader.Int() != 0;
                    break;
                default:
                    part.Read(ref reader, tag);
                    break;
            }
        }

        return new Messages.LinkAck(part.NamedLink, part.NamedFrom, part.NamedTo, received, written, full);
    }

    private static void WritePart(ref WireWriter to, ILinkPart m)
    {
        Write(ref to, WireTags.PartTo, m.To);
        Write(ref to, WireTags.PartFrom, m.From);

        var end = to.Written.Length;
        to.Int(WireTags.LinkOrdinal, m.Link.Ordinal);
        to.Int(WireTags.LinkRequest, m.Link.Request);
        Write(ref to, WireTags.LinkInitiator, m.Link.Initiator);
        to.Message(WireTags.PartLink, end);
    }

    private static void Write(ref WireWriter to, int tag, ConnectionUid uid)
    {
        var end = to.Written.Length;
        to.Int(WireTags.NameNumber, uid.Number);
        to.Fixed32(WireTags.NameNode, uid.Node);
        to.Message(tag, end);
    }

    private static ConnectionUid ReadConnection(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (node, number) = (0, 0L);
        while (reader.TryRead(out var tag))
        {
            if (tag is WireTags.NameNode)
                node = reader.Fixed32();
            else if (tag is WireTags.NameNumber)
                number = reader.Int();
            else
                reader.Skip(tag);
        }

        return new ConnectionUid(node, number);
    }

    private static LinkName ReadLink(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        ConnectionUid? initiator = null;
        var (request, ordinal) = (0L, 0);
        while (reader.TryRead(out var tag))
        {
            if (tag is WireTags.LinkInitiator)
                initiator = ReadConnection(reader.Bytes());
            else if (tag is WireTags.LinkRequest)
                request = reader.Int();
            else if (tag is WireTags.LinkOrdinal)
                ordinal = (int)reader.Int();
            else
                reader.Skip(tag);
        }

        return new LinkName(initiator ?? throw WireNames.Missing("connection"), request, ordinal);
    }

    /// <summary>What every part of a link begins with.</summary>
    private struct Part
    {
        private LinkName? _link;
        private ConnectionUid? _from;
        private ConnectionUid? _to;

        public readonly LinkName NamedLink => _link ?? throw WireNames.Missing("link");

        public readonly ConnectionUid NamedFrom => _from ?? throw WireNames.Missing("connection");

        public readonly ConnectionUid NamedTo => _to ?? throw WireNames.Missing("connection");

        public void Read(ref WireReader reader, int tag)
        {
            if (tag is WireTags.PartLink)
                _link = ReadLink(reader.Bytes());
            else if (tag is WireTags.PartFrom)
                _from = ReadConnection(reader.Bytes());
            else if (tag is WireTags.PartTo)
                _to = ReadConnection(reader.Bytes());
            else
                reader.Skip(tag);
        }
    }
}
