using System.Buffers;
using System.Runtime.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters in their parcels, and bags of them, on their way out and in.</summary>
internal static class ParcelWire
{
    // A tag and a length for each.
    private const int Around = 8;

    public static byte[] Write(Messages.Parcel parcel) => Write([parcel], static (ref to, parcels) => Write(ref to, parcels[0]));

    public static byte[] Write(Messages.Bag bag) => Write(bag.Parcels, static (ref to, parcels) =>
    {
        for (var i = parcels.Count - 1; i >= 0; i--)
        {
            var end = to.Written.Length;
            Write(ref to, parcels[i]);
            to.Message(WireTags.BagParcel, end);
        }
    });

    public static Messages.Bag ReadBag(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var parcels = new List<Messages.Parcel>();
        while (reader.TryRead(out var tag))
        {
            if (tag is WireTags.BagParcel)
                parcels.Add(Read(reader.Bytes()));
            else
                reader.Skip(tag);
        }

        return new Messages.Bag(parcels);
    }

    public static Messages.Parcel Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (node, number, letter) = (0, 0L, (ILetter?)null);
        while (reader.TryRead(out var tag))
        {
            switch (tag)
            {
                case WireTags.ParcelNode:
                    node = reader.Fixed32();
                    break;
                case WireTags.ParcelNumber:
                    number = reader.Int();
                    break;
                case WireTags.ParcelFrame:
                    letter = FrequentLetterWire.ReadFrame(reader.Bytes());
                    break;
                case WireTags.ParcelAck:
                    letter = FrequentLetterWire.ReadAck(reader.Bytes());
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Messages.Parcel(node, number, letter ?? ReadOther(Parcel.Parser.ParseFrom(bytes)));
    }

    private static ILetter ReadOther(Parcel wire) =>
        LinkLetterWire.Read(wire) ?? ReservationLetterWire.Read(wire) ?? NodeLetterWire.Read(wire) ?? OperatorLetterWire.Read(wire)
        ?? throw new SerializationException("A parcel holds no letter that this version knows. Is a node of a much newer version a member?");

    private static byte[] Write(IReadOnlyList<Messages.Parcel> parcels, Writing write)
    {
        var most = 0;
        foreach (var parcel in parcels)
            most += parcel.MostBytes + Around;

        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var to = new WireWriter(buffer);
            write(ref to, parcels);
            return to.Written.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Write(ref WireWriter to, Messages.Parcel parcel)
    {
        var end = to.Written.Length;
        switch (parcel.Letter)
        {
            case Messages.LinkFrame m:
                FrequentLetterWire.Write(ref to, m);
                to.Message(WireTags.ParcelFrame, end);
                break;
            case Messages.LinkAck m:
                FrequentLetterWire.Write(ref to, m);
                to.Message(WireTags.ParcelAck, end);
                break;
            default:
                to.Fields(WriteOther(parcel.Letter));
                break;
        }

        to.Int(WireTags.ParcelNumber, parcel.Number);
        to.Fixed32(WireTags.ParcelNode, parcel.Node);
    }

    private static Parcel WriteOther(ILetter letter)
    {
        var wire = new Parcel();
        if (!LinkLetterWire.TryWrite(letter, wire) && !ReservationLetterWire.TryWrite(letter, wire) && !NodeLetterWire.TryWrite(letter, wire) &&
            !OperatorLetterWire.TryWrite(letter, wire))
        {
            throw new SerializationException($"{letter.GetType().Name} does not travel between nodes.");
        }

        return wire;
    }

    private delegate void Writing(ref WireWriter to, IReadOnlyList<Messages.Parcel> parcels);
}
